import { isWithin } from '../../checks/paths';
import { INIT_DIRECTORY } from '../../facts/images/database-image';
import { configUses } from '../../inspect/config-use';
import type { Pod } from '../../inspect/pods';
import { answerToChange } from '../../predicates/answer-to-change';
import { eachPodAmong, Rule } from '../rule';

export const configChangeRollsPods: Rule<'config-change-rolls-pods'> = {
  id: 'config-change-rolls-pods',
  summary: 'a change of configuration reaches the pods',
  rationale:
    'running pods keep what they read when they started, and after the next restart some have the new and some ' +
    'the old',
  severity: 'warning',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/22368',
  fix: {
    construct: "take 'ConfigRollout.immutable()', the default, 'checksum()' or 'reloader()'",
    yaml:
      "put a hash of the content into the ConfigMap's name with 'immutable: true', or a checksum into the " +
      "annotations of the pod's template",
  },
  safeDefault: { what: 'a hash in the name and `immutable: true`' },
  ...eachPodAmong(function* (pod, inventory) {
    const { kind } = pod.object;
    if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'].includes(kind)) {
      return;
    }
    const said = new Set<string>();
    for (const use of configUses(pod).filter(({ name }) => !PUBLISHED.includes(name))) {
      const object = use.kind === 'ConfigMap' ? inventory.find('ConfigMap', use.name, pod.object) : undefined;
      const isTold =
        answerToChange(pod, use, object) !== undefined || (use.volume && isReadElsewhen(pod, use.volume.name));
      if ((object ?? (kind === 'Pod' && use.kind === 'ConfigMap')) && !said.has(use.name) && !isTold) {
        said.add(use.name);
        yield {
          at: use.at,
          message: `nothing rolls the pod${kind === 'Pod' ? '' : 's'} when ConfigMap '${use.name}' changes`,
          about: object,
        };
      }
    }
  }),
};

/** What a controller of the cluster puts into every namespace, and the kubelet or the mesh into every pod. */
const PUBLISHED = ['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert'];

/**
 * Whether another says so: a container beside the app that watches, scripts of a database's first start, or the rule on
 * `subPath`.
 */
function isReadElsewhen(pod: Pod, volume: string): boolean {
  const mounts = pod.containers.flatMap(({ image, mounts: all }) =>
    all.filter(mount => mount.volume === volume).map(mount => ({ ...mount, image })),
  );
  return (
    mounts.some(({ image }) => /reload|watch|k8s-sidecar/.test(image)) ||
    (mounts.length > 0 && mounts.every(({ path, subPath }) => subPath !== undefined || isWithin(path, INIT_DIRECTORY)))
  );
}
