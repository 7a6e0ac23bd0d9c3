import { eachPodAmong, Rule } from '../rule';

/** Policies of others that may select any pod, in languages of their own. */
const ELSEWHERE = [
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
];

export const networkPolicy: Rule<'network-policy'> = {
  id: 'network-policy',
  summary: 'a network policy says who reaches every pod',
  rationale: 'every pod of the cluster reaches it, and it reaches everything',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  fix: {
    construct: "leave the default in place, and say who by 'allowFrom' and 'allowTo'",
    yaml: "add a NetworkPolicy whose 'podSelector' takes the pod's labels",
  },
  safeDefault: { what: 'in: the port; out: DNS and what is declared' },
  ...eachPodAmong(function* (pod, inventory) {
    const isSelected =
      pod.spec.hostNetwork === true ||
      inventory.selecting('NetworkPolicy', pod, 'spec', 'podSelector').length > 0 ||
      inventory.selecting('CiliumNetworkPolicy', pod, 'spec', 'endpointSelector').length > 0 ||
      ELSEWHERE.some(kind => inventory.ofKind(kind).length > 0);
    if (!isSelected) {
      yield { at: [...pod.metadataAt, 'labels'], message: 'no network policy selects the pod' };
    }
  }),
};
