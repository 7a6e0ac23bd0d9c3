import type { Construct } from 'constructs';
import type { DatabaseEndpoint } from './endpoint';
import { fail } from '../../checks/fail';
import { checkObjectName } from '../../checks/values';
import { NAMESPACE_LABEL } from '../../facts/network';
import { isIsolated } from '../../pod/isolation';
import { networkPolicy, tcp } from '../../pod/network-policy';
import type { PodExtensionContext } from '../../pod/pod-extension';

/** A client in its workload. */
export interface ClientContext {
  readonly id: string;
  readonly context: PodExtensionContext;
  readonly endpoint: DatabaseEndpoint;
  readonly appNamespace?: string;
}

/** Creates the NetworkPolicies for the egress of the app and the ingress of the database. */
export function clientPolicies(scope: Construct, client: ClientContext): void {
  if (isIsolated(scope, 'Egress')) {
    egressPolicy(scope, client);
  }
  if (client.endpoint.podLabels && client.endpoint.requiresNetworkPolicy) {
    ingressPolicy(scope, client, client.endpoint.podLabels);
  }
}

function egressPolicy(scope: Construct, client: ClientContext): void {
  const { id, endpoint } = client;
  const { workloadName, labels, podLabels, namespace } = client.context;
  const to = endpoint.podLabels
    ? [peer(client, { ...endpoint.podLabels }, endpoint.namespace)]
    : endpoint.cidrs?.map(cidr => ({ ipBlock: { cidr } }));
  networkPolicy(scope, 'Egress', { name: `${workloadName}-to-${id}`, namespace, labels, podLabels }, () => ({
    egress: [{ to, ports: tcp(endpoint.port) }],
  }));
}

function ingressPolicy(scope: Construct, client: ClientContext, databaseLabels: Record<string, string>): void {
  const { id, endpoint, appNamespace } = client;
  const { workloadName, labels, podLabels, namespace } = client.context;
  if (isInOtherNamespace(client) && appNamespace === undefined) {
    fail(
      scope,
      `The app has no namespace, so database '${endpoint.name}' in namespace '${endpoint.namespace}' cannot admit it.`,
      "Set 'namespace' of the chart.",
    );
  }
  const name = `${endpoint.name}-from-${workloadName}-${id}`;
  networkPolicy(
    scope,
    'Ingress',
    {
      name: checkObjectName(scope, 'the NetworkPolicy of the database', name),
      namespace: endpoint.namespace ?? namespace,
      labels,
      podLabels: { ...databaseLabels },
    },
    () => ({ ingress: [{ from: [peer(client, podLabels, appNamespace)], ports: tcp(endpoint.port) }] }),
  );
}

function peer(client: ClientContext, matchLabels: Record<string, string>, namespace?: string): object {
  return {
    podSelector: { matchLabels },
    namespaceSelector: isInOtherNamespace(client) ? { matchLabels: { [NAMESPACE_LABEL]: namespace! } } : undefined,
  };
}

function isInOtherNamespace({ endpoint, appNamespace }: ClientContext): boolean {
  return endpoint.namespace !== undefined && endpoint.namespace !== appNamespace;
}
