import { selects } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import { eachPodAmong, Rule } from '../rule';

export const headlessService: Rule<'headless-service'> = {
  id: 'headless-service',
  summary: 'a StatefulSet has its headless Service',
  rationale: 'its pods have no names in DNS, by which replicas and clients find one of them',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "add a Service with 'clusterIP: None' that selects the pods, and name it in 'serviceName'",
  },
  safeDefault: { what: 'a headless Service beside that of the clients' },
  ...eachPodAmong(function* (pod, inventory) {
    if (pod.object.kind !== 'StatefulSet') {
      return;
    }
    const name = text(at(pod.object.content, 'spec', 'serviceName'));
    const service = inventory.find('Service', name, pod.object);
    const here = ['spec', 'serviceName'];
    // a cluster has Services: an answer of it that holds none was not asked for them
    if (at(pod.object.content, 'metadata', 'uid') !== undefined && inventory.ofKind('Service').length === 0) {
      return;
    }
    if (!name) {
      yield { at: here, message: 'it names no Service' };
    } else if (!service) {
      yield { at: here, message: `its Service '${name}' is not here` };
    } else if (at(service.content, 'spec', 'clusterIP') !== 'None') {
      yield { at: here, message: `its Service '${name}' is not headless` };
    } else if (!selects(at(service.content, 'spec', 'selector'), pod.labels)) {
      yield { at: here, message: `its Service '${name}' does not select its pods` };
    }
  }),
};
