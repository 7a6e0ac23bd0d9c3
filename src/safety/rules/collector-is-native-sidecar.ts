import { collectorImage } from '../../inspect/collectors';
import { isBesideOthers } from '../../inspect/log-writes';
import { KubernetesVersion } from '../../kubernetes-version';
import { eachPod, Rule } from '../rule';

export const collectorIsNativeSidecar: Rule<'collector-is-native-sidecar'> = {
  id: 'collector-is-native-sidecar',
  summary: 'a log collector starts before its app and ends after it',
  rationale:
    'the first lines are missed; at the end it is stopped with the app and the last lines, those that tell why, ' +
    'are lost; and a Job never completes',
  severity: 'error',
  since: KubernetesVersion.V1_29,
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
  fix: {
    construct: "take a 'LoggedApp', or add 'LogShipping'",
    yaml: "move it to 'initContainers' with 'restartPolicy: Always'",
  },
  safeDefault: { what: 'an init container with `restartPolicy: Always`, where the oldest cluster to serve has them' },
  ...eachPod(function* (pod) {
    for (const container of pod.containers) {
      const collector = container.role === 'app' ? collectorImage(container) : undefined;
      if (collector && isBesideOthers(pod, container)) {
        yield {
          at: container.at,
          message:
            `${collector.title} in container '${container.name}' starts and stops together with the app whose ` +
            'logs it ships',
        };
      }
    }
  }),
};
