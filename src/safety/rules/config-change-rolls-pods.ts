import { isWithin } from '../../checks/paths';
import { INIT_DIRECTORY } from '../../facts/images/database-image';
import { ConfigUse, configUses } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import type { Mount, Pod } from '../../inspect/pods';
import { answerToChange } from '../../predicates/answer-to-change';
import { rolloutObstacle } from '../../predicates/rollout-obstacle';
import { eachPodAmong, Found, Rule } from '../rule';

export const configChangeRollsPods: Rule<'config-change-rolls-pods'> = {
  id: 'config-change-rolls-pods',
  summary: 'A configuration change rolls out new pods.',
  rationale:
    'Without a rollout, running pods keep the values that they read at startup. After later restarts, some ' +
    'replicas use the new configuration and some the old one.',
  severity: 'warning',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/22368',
  fix: {
    construct:
      "Use 'ConfigRollout.immutable()' (the default), 'ConfigRollout.checksum()' or 'ConfigRollout.reloader()'.",
    yaml:
      "Put a hash of the content into the name of the ConfigMap and set 'immutable: true', or put a checksum of the " +
      "content into an annotation of the pod template. Use the update strategy 'RollingUpdate' without 'partition'.",
  },
  safeDefault: { what: 'a hash in the name and `immutable: true`' },
  ...eachPodAmong(function* (pod, inventory) {
    const reported = new Set<string>();
    for (const use of configUses(pod).filter(({ name }) => !PUBLISHED.includes(name))) {
      if (!reported.has(use.name) && isStale(pod, use, inventory)) {
        reported.add(use.name);
        yield {
          at: use.at,
          message: `Nothing restarts the pod${isBare(pod) ? '' : 's'} when ConfigMap '${use.name}' changes.`,
          about: inventory.find('ConfigMap', use.name, pod.object),
          isException: !RUNNING_KINDS.includes(pod.object.kind),
        };
      }
    }
    yield* heldBack(pod, inventory, reported);
  }),
};

/** The kinds whose pods run on, so that they outlive a change. */
const RUNNING_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];

/** Reports a controller that does not replace all its pods when a ConfigMap changes their template. */
function* heldBack(pod: Pod, inventory: Inventory, reported: ReadonlySet<string>): Iterable<Found> {
  const obstacle = rolloutObstacle(pod.object);
  const uses = obstacle === undefined ? [] : configUses(pod).filter(({ kind }) => kind === 'ConfigMap');
  const seen = new Set(reported);
  for (const { name, volume, at: path } of uses) {
    const configMap = inventory.find('ConfigMap', name, pod.object);
    if (configMap && !seen.has(name) && !(volume && isWatched(pod, volume.name, isInitScript))) {
      seen.add(name);
      yield {
        at: path,
        message: `A change of ConfigMap '${name}' does not restart all pods, because ${obstacle}.`,
        about: configMap,
      };
    }
  }
}

/** The ConfigMaps that a controller publishes in every namespace, and the kubelet or a service mesh in every pod. */
const PUBLISHED = ['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert'];

/** Whether a pod keeps the old content of a ConfigMap, which is only judged if it is among the manifests. */
function isStale(pod: Pod, use: ConfigUse, inventory: Inventory): boolean {
  const configMap = use.kind === 'ConfigMap' ? inventory.find('ConfigMap', use.name, pod.object) : undefined;
  const isJudged = configMap !== undefined || (isBare(pod) && use.kind === 'ConfigMap');
  return (
    isJudged &&
    answerToChange(pod, use, configMap) === undefined &&
    // the rule on 'subPath' reports such mounts
    !(use.volume && isWatched(pod, use.volume.name, mount => mount.subPath !== undefined || isInitScript(mount)))
  );
}

/** Whether it is a pod without a controller. */
function isBare({ object }: Pod): boolean {
  return object.kind === 'Pod';
}

/** Whether a container next to the app watches the files of a volume, or all its mounts are irrelevant. */
function isWatched(pod: Pod, volume: string, isIrrelevant: (mount: Mount) => boolean): boolean {
  const containers = pod.containers.filter(({ mounts }) => mounts.some(mount => mount.volume === volume));
  const mounts = containers.flatMap(container => container.mounts).filter(mount => mount.volume === volume);
  return (
    containers.some(({ image }) => /reload|watch|k8s-sidecar/.test(image)) ||
    (mounts.length > 0 && mounts.every(isIrrelevant))
  );
}

/** Whether a mount contains scripts for the first start of a database, which does not read them again. */
function isInitScript({ path }: Mount): boolean {
  return isWithin(path, INIT_DIRECTORY);
}
