import { DnsPolicy, HostAlias } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { PodDns } from './pod-settings';
import { fail } from '../checks/fail';
import { isAddress } from '../checks/ip-address';
import type { PodSpec } from '../checks/pod-spec';
import { checkProps, optional, required } from '../checks/props';
import { checkObjectName } from '../checks/values';

/** The maximum numbers that the API server accepts. */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

/** Returns the entries of `/etc/hosts`. The API server rejects two entries of one address, so they are joined. */
export function renderHostAliases(scope: IConstruct, hostAliases: readonly HostAlias[]): HostAlias[] {
  const names = new Map<string, string[]>();
  hostAliases.forEach((alias, i) => {
    const subject = `'hostAliases[${i}]'`;
    checkProps<HostAlias>(
      scope,
      alias,
      { ip: required('"10.0.0.7"', 'string'), hostnames: required('["license.internal"]', 'string[]') },
      subject,
    );
    checkAddress(scope, subject, alias.ip);
    alias.hostnames.forEach(name => checkObjectName(scope, subject, name));
    names.set(alias.ip, [...(names.get(alias.ip) ?? []), ...alias.hostnames]);
  });
  return [...names].map(([ip, hostnames]) => ({ ip, hostnames }));
}

/** Returns the fields of a pod for its name resolution. */
export function dnsFields(scope: IConstruct, dns: PodDns): Partial<PodSpec> {
  checkProps<PodDns>(
    scope,
    dns,
    {
      policy: optional('string'),
      nameservers: optional('string[]'),
      searches: optional('string[]'),
      options: optional('string{}'),
    },
    "'dns'",
  );
  const { policy, nameservers, searches, options } = dns;
  nameservers?.forEach(address => checkAddress(scope, "'dns.nameservers'", address));
  searches?.forEach(domain => checkObjectName(scope, "'dns.searches'", domain));
  checkLength(scope, "'dns.nameservers'", nameservers, MAX_NAMESERVERS);
  checkLength(scope, "'dns.searches'", searches, MAX_SEARCHES);
  if (policy === DnsPolicy.NONE && !nameservers?.length) {
    fail(scope, "'dns.policy' is 'None' without 'nameservers', so no name resolves.", "Set 'nameservers'.");
  }
  const config = {
    nameservers,
    searches,
    options: options && Object.entries(options).map(([name, value]) => ({ name, value })),
  };
  return {
    dnsPolicy: policy,
    dnsConfig: Object.values(config).some(value => value !== undefined) ? config : undefined,
  };
}

function checkAddress(scope: IConstruct, subject: string, address: string): void {
  if (!isAddress(address)) {
    fail(scope, `'${address}' in ${subject} is not an IP address.`, "Use an address such as '10.0.0.7'.");
  }
}

function checkLength(scope: IConstruct, subject: string, values: readonly string[] = [], max: number): void {
  if (values.length > max) {
    fail(scope, `${subject} has ${values.length} entries, but Kubernetes accepts ${max}.`, 'Remove the others.');
  }
}
