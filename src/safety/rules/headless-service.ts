import { replicaBounds } from '../../inspect/cluster';
import { Inventory, selects } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodAmong, Found, Rule } from '../rule';

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
    const problem = pod.object.kind === 'StatefulSet' ? problemOf(pod, inventory) : undefined;
    if (problem !== undefined) {
      yield { at: ['spec', 'serviceName'], ...problem };
    }
  }),
};

function problemOf(pod: Pod, inventory: Inventory): Omit<Found, 'at'> | undefined {
  const { object, labels } = pod;
  // every cluster has Services: output of kubectl that contains none was not asked for them
  if (at(object.content, 'metadata', 'uid') !== undefined && inventory.ofKind('Service').length === 0) {
    return undefined;
  }
  const name = text(at(object.content, 'spec', 'serviceName'));
  if (!name) {
    return { message: "The StatefulSet has no 'serviceName'." };
  }
  const service = inventory.find('Service', name, object);
  if (!service) {
    return { message: `The Service '${name}' of the StatefulSet is not in the manifests.` };
  }
  const selectsPods = selects(at(service.content, 'spec', 'selector'), labels);
  if (at(service.content, 'spec', 'clusterIP') !== 'None') {
    return {
      message: `The Service '${name}' of the StatefulSet is not headless.`,
      // the only pod is behind the address of the Service
      isException: selectsPods && replicaBounds(pod, inventory).max <= 1,
    };
  }
  return selectsPods ? undefined : { message: `The Service '${name}' of the StatefulSet does not select its pods.` };
}
