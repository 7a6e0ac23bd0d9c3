import { DnsPolicy, IPodSelector, NetworkPolicy, NetworkPolicyProps } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from './identity';
import { networkPolicy, PolicyRules, tcp } from './network-policy';
import type { PodDns, ServiceAccountOptions } from './pod-settings';
import type { SecretSource } from './secret-source';
import { addressBlock } from '../checks/cidrs';
import { fail } from '../checks/fail';
import { checkAnnotations, checkObjectName } from '../checks/values';
import { DNS_PODS, DNS_PORT, NAMESPACE_LABEL, NODE_DNS } from '../facts/network';
import { ReadableApiObject } from '../objects/readable-api-object';
import { isWaived } from '../safety/waiver';

/** Returns the name of the ServiceAccount of a workload. */
export function accountName({ name }: Identity, { existingName = name }: ServiceAccountOptions = {}): string {
  return existingName;
}

/**
 * Defines a ServiceAccount for one workload, so that the pods get no permissions of other accounts, unless the workload
 * uses an existing one.
 */
export function serviceAccount(
  scope: Construct,
  { name, namespace, labels }: Identity,
  { existingName, annotations }: ServiceAccountOptions = {},
): void {
  if (existingName !== undefined) {
    checkObjectName(scope, "'serviceAccount.existingName'", existingName);
    if (annotations !== undefined) {
      fail(
        scope,
        "'serviceAccount' sets both 'existingName' and 'annotations', but an existing account is not changed.",
        'Omit one of them.',
      );
    }
    return;
  }
  checkAnnotations(scope, "'serviceAccount.annotations'", annotations);
  new ReadableApiObject(scope, 'ServiceAccount', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels, annotations },
    automountServiceAccountToken: false,
  });
}

const DISRUPTION_BUDGET = 'PodDisruptionBudget';

/**
 * Defines a PodDisruptionBudget that allows a drain to evict one pod at a time. With one replica it would block, so it
 * is removed when a claim leaves only one.
 */
export function defineDisruptionBudget(
  scope: Construct,
  { name, namespace, labels, podLabels }: Identity,
  replicas: number,
): void {
  if (replicas < 2 || isWaived(scope, 'disruption-budget')) {
    scope.node.tryRemoveChild(DISRUPTION_BUDGET);
  } else if (!scope.node.tryFindChild(DISRUPTION_BUDGET)) {
    new ReadableApiObject(scope, DISRUPTION_BUDGET, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace, labels },
      spec: { maxUnavailable: 1, selector: { matchLabels: podLabels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    });
  }
}

/** The rules for the DNS of the cluster: one for each port, with the pods and addresses that answer there. */
const DNS_RULES = [...new Set(DNS_PODS.map(({ port }) => port))].map(port => ({
  to: [
    ...DNS_PODS.filter(pods => pods.port === port).map(({ namespace, podLabels }) => ({
      namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } },
      podSelector: { matchLabels: podLabels },
    })),
    ...(port === DNS_PORT ? NODE_DNS.map(({ cidr }) => ({ ipBlock: { cidr } })) : []),
  ],
  ports: [{ port, protocol: 'UDP' }, ...tcp(port)],
}));

/** Returns the rules for the servers that resolve names: those of the cluster, unless the pods do not ask them. */
function dnsRules({ policy, nameservers = [] }: PodDns = {}): object[] {
  return [
    ...(policy === DnsPolicy.NONE ? [] : DNS_RULES),
    ...(nameservers.length === 0
      ? []
      : [
          {
            to: nameservers.map(address => ({ ipBlock: { cidr: addressBlock(address) } })),
            ports: [{ port: DNS_PORT, protocol: 'UDP' }, ...tcp(DNS_PORT)],
          },
        ]),
  ];
}

/**
 * Defines a NetworkPolicy that closes the pods to all traffic except DNS and the rules. Other policies only add to it.
 *
 * @param dns how the pods resolve names
 * @param rules returns the rules; called at synthesis
 */
export function closePods(
  scope: Construct,
  identity: Identity,
  dns: PodDns | undefined,
  rules: () => Required<PolicyRules>,
): void {
  if (!isWaived(scope, 'network-policy')) {
    networkPolicy(scope, 'NetworkPolicy', identity, () => {
      const { ingress, egress } = rules();
      return { ingress, egress: [...dnsRules(dns), ...egress] };
    });
  }
}

/** Defines a NetworkPolicy that adds rules for peers of the pods. */
export function peerPolicy(
  scope: Construct & IPodSelector,
  id: string,
  identity: Identity,
  rules: Pick<NetworkPolicyProps, 'ingress' | 'egress'>,
): void {
  const { name, namespace, labels } = identity;
  new NetworkPolicy(scope, id, { ...rules, selector: scope, metadata: { name: `${name}-${id}`, namespace, labels } });
}

export function checkPullSecrets(scope: Construct, secrets: readonly SecretSource[] = []): void {
  secrets.forEach(({ secretName }, i) => checkObjectName(scope, `'imagePullSecrets[${i}]'`, secretName));
}
