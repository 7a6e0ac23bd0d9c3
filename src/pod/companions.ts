import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { isLabelValue, parseImage } from '../checks/values';
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
  const podLabels = {
    'app.kubernetes.io/name': labelValue(scope.node.id),
    'app.kubernetes.io/instance': labelValue(controller.name),
  };
  const { tag } = parseImage(scope, image);
  const version: Record<string, string> = tag && isLabelValue(tag) ? { 'app.kubernetes.io/version': tag } : {};
  return {
    name: controller.name,
    namespace: metadata?.namespace,
    labels: { ...podLabels, ...version, 'app.kubernetes.io/managed-by': 'cdk8s', ...metadata?.labels },
    podLabels,
  };
}

/** An account of its own, so that nothing granted to another reaches this one. */
export function serviceAccount(scope: Construct, { name, namespace, labels }: Identity): void {
  new ApiObject(scope, 'ServiceAccount', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels },
    automountServiceAccountToken: false,
  });
}

/** Lets a node be drained one replica at a time; with a single replica a budget would only block the drain. */
export function disruptionBudget(scope: Construct, { name, namespace, labels, podLabels }: Identity, replicas: number): void {
  if (replicas >= 2 && !isWaived(scope, 'disruption-budget')) {
    new ApiObject(scope, 'PodDisruptionBudget', {
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
export function networkPolicy(scope: Construct, { name, namespace, labels, podLabels }: Identity, openPorts: () => number[]): void {
  if (!isWaived(scope, 'network-policy')) {
    new ApiObject(scope, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace, labels },
      spec: Lazy.any({
        produce: () => {
          const open = openPorts();
          return {
            podSelector: { matchLabels: podLabels },
            policyTypes: ['Ingress', 'Egress'],
            ingress: open.length > 0 ? [{ ports: open.map(port => ({ port, protocol: 'TCP' })) }] : undefined,
            egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }],
          };
        },
      }),
    });
  }
}

function labelValue(text: string): string {
  return text.replace(/[^-A-Za-z0-9_.]/g, '-').slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
