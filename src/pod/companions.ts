import { ApiObject, ApiObjectMetadata, Chart } from 'cdk8s';
import { IPodSelector, NetworkPolicy, NetworkPolicyProps } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { networkPolicy, tcp } from './network-policy';
import type { SecretSource } from './secret-source';
import { checkLabel, checkLabels, checkObjectName, checkQualifiedName, isLabelValue, parseImage } from '../checks/values';
import { misread, ReadableApiObject } from '../checks/yaml';
import { isWaived } from '../safety/waiver';

/** What the objects of one workload have in common. */
export interface Identity {
  readonly name: string;
  readonly namespace?: string;
  /** On every object. */
  readonly labels: Record<string, string>;
  /** On the pods, and enough to select them. */
  readonly podLabels: Record<string, string>;
}

/** Names and labels in Kubernetes' recommended form; the object that is named first lends its name to the others. */
export function identify(scope: Construct, controller: ApiObject, image: string, metadata?: ApiObjectMetadata): Identity {
  // the name is a label of the pods too
  checkLabel(scope, 'name', controller.name);
  checkMetadata(scope, metadata);
  const podLabels = {
    'app.kubernetes.io/name': labelValue(scope.node.id),
    'app.kubernetes.io/instance': labelValue(controller.name),
  };
  const { tag } = parseImage(scope, image);
  const version: Record<string, string> = tag && isLabelValue(tag) && !misread(tag) ? { 'app.kubernetes.io/version': tag } : {};
  return {
    name: controller.name,
    namespace: metadata?.namespace,
    labels: { ...podLabels, ...version, 'app.kubernetes.io/managed-by': 'cdk8s', ...metadata?.labels },
    podLabels,
  };
}

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
export function disruptionBudget(scope: Construct, { name, namespace, labels, podLabels }: Identity, replicas: number): void {
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
export function peerPolicy(scope: Construct & IPodSelector, id: string, identity: Identity, rules: Pick<NetworkPolicyProps, 'ingress' | 'egress'>): void {
  const { name, namespace, labels } = identity;
  new NetworkPolicy(scope, id, { ...rules, selector: scope, metadata: { name: `${name}-${id}`, namespace, labels } });
}

export function checkPullSecrets(scope: Construct, secrets: readonly SecretSource[] = []): void {
  secrets.forEach(({ secretName }) => checkObjectName(scope, 'the Secret to pull images with', secretName));
}

/** Namespace, labels and annotations of objects, as the API takes them. */
export function checkMetadata(scope: Construct, metadata: ApiObjectMetadata = {}): void {
  checkLabels(scope, 'a label', metadata.labels);
  const namespace = metadata.namespace ?? Chart.of(scope).namespace;
  if (namespace !== undefined) {
    checkLabel(scope, 'the namespace', namespace);
  }
  Object.keys(metadata.annotations ?? {}).forEach(key => checkQualifiedName(scope, 'the key of an annotation', key));
}

function labelValue(text: string): string {
  return text.replace(/[^-A-Za-z0-9_.]/g, '-').slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
