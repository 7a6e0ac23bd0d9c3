import { JOB_KINDS } from '../../facts/kubernetes';
import { collectorImage } from '../../inspect/collectors';
import { isBesideOthers } from '../../inspect/log-writes';
import { KubernetesVersion } from '../../kubernetes-version';
import { eachPod, Rule } from '../rule';

export const collectorIsNativeSidecar: Rule<'collector-is-native-sidecar'> = {
  id: 'collector-is-native-sidecar',
  summary: 'A log collector starts before its app and stops after it.',
  rationale:
    'A plain container misses the first lines and stops together with the app, so the last lines, which explain a ' +
    'crash, are lost. A Job with such a container never completes.',
  severity: 'error',
  profile: 'storage',
  since: KubernetesVersion.V1_29,
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
  fix: {
    construct: "Use 'LoggedApp', or add 'LogShipping' to the workload.",
    yaml: "Move the container to 'initContainers' and set 'restartPolicy: Always'.",
  },
  safeDefault: { what: 'an init container with `restartPolicy: Always`, if the minimum cluster version supports it' },
  ...eachPod(function* (pod) {
    for (const container of pod.containers) {
      const collector = container.role === 'app' ? collectorImage(container) : undefined;
      const isInJob = JOB_KINDS.includes(pod.object.kind);
      const apps = pod.containers.filter(({ role }) => role === 'app');
      if (collector && (isInJob ? apps.length > 1 : isBesideOthers(pod, container))) {
        yield {
          at: container.at,
          message:
            `Container '${container.name}' runs ${collector.title}, which ` +
            (isInJob
              ? 'does not end with the app, so the Job never completes.'
              : 'starts and stops together with the app whose logs it ships.'),
        };
      }
    }
  }),
};
