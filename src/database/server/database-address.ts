import { BlockList, isIP, isIPv6 } from 'net';
import type { IConstruct } from 'constructs';
import { addressBlock, checkCidrs } from '../../checks/cidrs';
import { fail } from '../../checks/fail';
import { isAddress } from '../../checks/ip-address';
import { checkArgument, checkProps, PropTable, optional } from '../../checks/props';
import { checkObjectName } from '../../checks/values';

/** Unspecified, loopback, link-local and multicast addresses. */
const NOT_ROUTABLE = new BlockList();
NOT_ROUTABLE.addAddress('0.0.0.0');
NOT_ROUTABLE.addSubnet('127.0.0.0', 8);
NOT_ROUTABLE.addSubnet('169.254.0.0', 16);
NOT_ROUTABLE.addSubnet('224.0.0.0', 24);
NOT_ROUTABLE.addAddress('::', 'ipv6');
NOT_ROUTABLE.addAddress('::1', 'ipv6');
NOT_ROUTABLE.addSubnet('fe80::', 10, 'ipv6');
NOT_ROUTABLE.addSubnet('ff02::', 16, 'ipv6');

/** Options of a host name. */
export interface DatabaseHostOptions {
  /**
   * The CIDR blocks that contain the addresses of the host, for example `10.1.0.0/16`. Network policies cannot refer
   * to host names.
   *
   * @default - clients can connect to the port at any address
   */
  readonly cidrs?: string[];
}

const HOST: PropTable<DatabaseHostOptions> = { cidrs: optional('string[]') };

/** The address of a database that does not run in this cluster. */
export class DatabaseAddress {
  /**
   * A host name or a single IP address.
   *
   * @param host the host name, as in the certificate of the server
   * @param options the CIDR blocks of the host
   */
  public static host(host: string, options: DatabaseHostOptions = {}): DatabaseAddress {
    checkHostArguments('DatabaseAddress.host', host, options);
    return new DatabaseAddress('host', host, [], options.cidrs ?? []);
  }

  /**
   * IP addresses behind a Service in the cluster, which gives them one name. Creates a Service without a selector and
   * an EndpointSlice.
   *
   * @param addresses IPv4 or IPv6 addresses, all of one family
   */
  public static addresses(...addresses: string[]): DatabaseAddress {
    return new DatabaseAddress('addresses', undefined, addresses, addresses.map(addressBlock));
  }

  /**
   * A name in the cluster for an external host name. Creates a Service of type ExternalName. The certificate of the
   * server must contain the name that clients use, which is the name in the cluster.
   *
   * @param host the external host name
   * @param options the CIDR blocks of the host
   */
  public static externalName(host: string, options: DatabaseHostOptions = {}): DatabaseAddress {
    checkHostArguments('DatabaseAddress.externalName', host, options);
    return new DatabaseAddress('external-name', host, [], options.cidrs ?? []);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'host' | 'addresses' | 'external-name',
    /** @internal */
    public readonly _host: string | undefined,
    /** @internal */
    public readonly _addresses: string[],
    /** @internal */
    public readonly _cidrs: string[],
  ) {}

  /** @internal */
  public _check(scope: IConstruct): void {
    switch (this._kind) {
      case 'host':
        checkHost(scope, this._host!);
        break;
      case 'addresses':
        checkAddresses(scope, this._addresses);
        break;
      case 'external-name':
        checkHost(scope, this._host!);
        checkExternalName(scope, this._host!);
        break;
    }
    checkCidrs(scope, "'cidrs' of 'address'", this._cidrs);
  }
}

function checkHostArguments(location: string, host: string, options: DatabaseHostOptions): void {
  checkArgument(location, 'host', host, '"db.example.com"');
  checkProps(location, options, HOST);
}

function checkHost(scope: IConstruct, host: string): void {
  if (!isAddress(host) && (host.length > 253 || !/^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$/.test(host))) {
    fail(
      scope,
      `'address' is '${host}', which is not a host name or IP address.`,
      "Write it without scheme, port and path, for example 'db.example.com'.",
    );
  }
}

function checkExternalName(scope: IConstruct, host: string): void {
  if (isIP(host)) {
    fail(
      scope,
      `'address' is '${host}', but a Service of type ExternalName needs a host name.`,
      `Use 'DatabaseAddress.addresses('${host}')'.`,
    );
  }
  checkObjectName(scope, "the host of 'address'", host);
}

function checkAddresses(scope: IConstruct, addresses: readonly string[]): void {
  const invalid = addresses.find(address => !isAddress(address));
  if (addresses.length === 0 || invalid !== undefined) {
    fail(
      scope,
      invalid === undefined ? "'address' is empty." : `'address' contains '${invalid}', which is not an IP address.`,
      "Pass IP addresses to 'DatabaseAddress.addresses', or use 'DatabaseAddress.host' for a host name.",
    );
  }
  const local = addresses.find(address => NOT_ROUTABLE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'));
  if (local !== undefined) {
    fail(
      scope,
      `'address' contains '${local}', which is unspecified, loopback, link-local or multicast. ` +
        'An EndpointSlice rejects it.',
      'Use an address that is routable from the cluster.',
    );
  }
  if (new Set(addresses.map(isIP)).size > 1) {
    fail(
      scope,
      `'address' mixes IPv4 and IPv6: ${addresses.join(', ')}. An EndpointSlice has one address family.`,
      'Use addresses of one family.',
    );
  }
}
