import { eachPodAmong, Rule } from '../rule';

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
  ...eachPodAmong(function* (pod, inventory) {
    const isSelected =
      inventory.selecting('NetworkPolicy', pod, 'spec', 'podSelector').length > 0 ||
      inventory.selecting('CiliumNetworkPolicy', pod, 'spec', 'endpointSelector').length > 0;
    if (!isSelected) {
      yield {
        at: [...pod.metadataAt, 'labels'],
        message: 'No NetworkPolicy selects the pod.',
        // policies of namespaces do not apply to the network of the node
        isException:
          pod.spec.hostNetwork === true || CLUSTER_WIDE_POLICIES.some(kind => inventory.ofKind(kind).length > 0),
      };
    }
  }),
};
