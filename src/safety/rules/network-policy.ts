import type { Inventory } from '../../inspect/inventory';
import { at } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import type { Problem, Rule } from '../rule';
import { WAIVER_ANNOTATION } from '../waiver-annotation';

/** The policies of a namespace, with the field of their selector. */
const POLICIES = [
  ['NetworkPolicy', 'podSelector'],
  ['CiliumNetworkPolicy', 'endpointSelector'],
] as const;

/** Cluster-wide policies of network plugins, whose selectors are not evaluated. */
const CLUSTER_WIDE_POLICIES = [
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
];

export const networkPolicy: Rule<'network-policy'> = {
  id: 'network-policy',
  summary: 'A NetworkPolicy selects every pod.',
  rationale: 'Without one, every pod of the cluster can connect to the pod, and the pod can connect to any address.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  fix: {
    construct: "Use 'AppWorkload', keep its NetworkPolicy, and add connections with 'allowFrom' and 'allowTo'.",
    yaml: "Add a NetworkPolicy whose 'podSelector' matches the labels of the pod.",
  },
  safeDefault: { what: 'ingress to the port; egress to DNS and to declared destinations' },
  check: inventory => problemsOf(inventory).filter(({ isException }) => !isException),
  exceptions: inventory => problemsOf(inventory).filter(({ isException }) => isException),
};

interface PolicyProblem extends Problem {
  readonly isException: boolean;
}

/**
 * Returns a problem for each pod that no policy selects. The pods of a namespace without any policy share the problem
 * of the first of them, apart from pods with a separate waiver.
 */
function problemsOf(inventory: Inventory): PolicyProblem[] {
  const policies = POLICIES.flatMap(([kind]) => inventory.ofKind(kind));
  const protectedNamespaces = new Set(policies.map(({ namespace }) => namespace));
  const unprotected = new Map<string | undefined, Pod[]>();
  const problems: PolicyProblem[] = [];
  for (const pod of inventory.pods.filter(candidate => !isSelected(candidate, inventory))) {
    const { namespace } = pod.object;
    const isException = usesNodeNetwork(pod) || hasClusterWidePolicy(inventory);
    if (isException || protectedNamespaces.has(namespace) || isWaived(pod)) {
      problems.push(problemOf(pod, 'No NetworkPolicy selects the pod.', isException));
    } else {
      const pods = unprotected.get(namespace) ?? [];
      unprotected.set(namespace, pods);
      pods.push(pod);
    }
  }
  for (const pods of unprotected.values()) {
    const message =
      pods.length === 1
        ? 'No NetworkPolicy selects the pod.'
        : `No NetworkPolicy selects this pod or the other ${pods.length - 1} of its namespace.`;
    problems.push(problemOf(pods[0], message, false));
  }
  return problems;
}

function problemOf({ object, metadataAt }: Pod, message: string, isException: boolean): PolicyProblem {
  return { object, at: [...metadataAt, 'labels'], message, isException };
}

function isSelected(pod: Pod, inventory: Inventory): boolean {
  return POLICIES.some(([kind, selector]) => inventory.selecting(kind, pod, 'spec', selector).length > 0);
}

/** Policies of namespaces do not apply to the network of the node. */
function usesNodeNetwork({ spec }: Pod): boolean {
  return spec.hostNetwork === true;
}

function hasClusterWidePolicy(inventory: Inventory): boolean {
  return CLUSTER_WIDE_POLICIES.some(kind => inventory.ofKind(kind).length > 0);
}

function isWaived({ object }: Pod): boolean {
  return at(object.content, 'metadata', 'annotations', `${WAIVER_ANNOTATION}network-policy`) !== undefined;
}
