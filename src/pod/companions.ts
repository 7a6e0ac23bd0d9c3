import { IPodSelector, NetworkPolicy, NetworkPolicyProps } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from './identity';
import { networkPolicy, tcp } from './network-policy';
import type { SecretSource } from './secret-source';
import { checkObjectName } from '../checks/values';
import { ReadableApiObject } from '../objects/readable-api-object';
import { isWaived } from '../safety/waiver';

/** An account of its own, so that nothing granted to another reaches this one. */
export function serviceAccount(scope: Construct, { name, namespace, labels }: Identity): void {
  new ReadableApiObject(scope, 'ServiceAccount', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels },
    automountServiceAccountToken: false,
  });
}

/** Lets a node be drained one replica at a time; with a single replica a budget would only block the drain. */
export function disruptionBudget(
  scope: Construct,
  { name, namespace, labels, podLabels }: Identity,
  replicas: number,
): void {
  if (replicas >= 2 && !isWaived(scope, 'disruption-budget')) {
    new ReadableApiObject(scope, 'PodDisruptionBudget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace, labels },
      spec: { maxUnavailable: 1, selector: { matchLabels: podLabels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    });
  }
}

/**
 * Closes the pods to all traffic but DNS and the ports that everybody may reach; policies of others only add to it.
 *
 * @param openPorts the ports that are open to everybody, asked at synthesis
 */
export function closePods(scope: Construct, identity: Identity, openPorts: () => number[]): void {
  if (!isWaived(scope, 'network-policy')) {
    networkPolicy(scope, 'NetworkPolicy', identity, () => ({
      ingress: openPorts().length > 0 ? [{ ports: tcp(...openPorts()) }] : [],
      egress: [{ ports: [{ port: 53, protocol: 'UDP' }, ...tcp(53)] }],
    }));
  }
}

/** One more rule for the pods: policies only add to each other. */
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
  secrets.forEach(({ secretName }) => checkObjectName(scope, 'the Secret to pull images with', secretName));
}
