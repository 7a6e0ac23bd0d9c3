import { Inventory, selects } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const headlessService: Rule<'headless-service'> = {
  id: 'headless-service',
  summary: 'A StatefulSet has a headless Service.',
  rationale: 'Without one, its pods have no DNS names, so replicas and clients cannot find a particular pod.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  fix: {
    construct: "Use 'Controller.statefulSet()' or a 'StatefulDatabase'.",
    yaml: "Add a Service with 'clusterIP: None' that selects the pods, and set 'serviceName' to its name.",
  },
  safeDefault: { what: 'a headless Service in addition to the Service for clients' },
  ...eachPodAmong(function* (pod, inventory) {
    const message = pod.object.kind === 'StatefulSet' ? problemOf(pod, inventory) : undefined;
    if (message !== undefined) {
      yield { at: ['spec', 'serviceName'], message };
    }
  }),
};

function problemOf({ object, labels }: Pod, inventory: Inventory): string | undefined {
  // every cluster has Services: output of kubectl that contains none was not asked for them
  if (at(object.content, 'metadata', 'uid') !== undefined && inventory.ofKind('Service').length === 0) {
    return undefined;
  }
  const name = text(at(object.content, 'spec', 'serviceName'));
  if (!name) {
    return "The StatefulSet has no 'serviceName'.";
  }
  const service = inventory.find('Service', name, object);
  if (!service) {
    return `The Service '${name}' of the StatefulSet is not in the manifests.`;
  }
  if (at(service.content, 'spec', 'clusterIP') !== 'None') {
    return `The Service '${name}' of the StatefulSet is not headless.`;
  }
  return selects(at(service.content, 'spec', 'selector'), labels)
    ? undefined
    : `The Service '${name}' of the StatefulSet does not select its pods.`;
}
