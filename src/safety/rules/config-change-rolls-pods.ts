import { isWithin } from '../../checks/paths';
import { INIT_DIRECTORY } from '../../facts/images/database-image';
import { RUNNING_KINDS } from '../../facts/kubernetes';
import { configKeys, ConfigUse, configUses, volumeSources } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import { at, list } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Pod } from '../../inspect/pods';
import { serversOf } from '../../inspect/servers';
import { answerToChange } from '../../predicates/answer-to-change';
import { isOnlyCopiedOnce } from '../../predicates/copied-once';
import { readsAgain } from '../../predicates/reads-again';
import { rolloutObstacle } from '../../predicates/rollout-obstacle';
import { containsOnlyShellScripts } from '../../predicates/shell-scripts';
import { eachPodAmong, Found, Rule } from '../rule';

export const configChangeRollsPods: Rule<'config-change-rolls-pods'> = {
  id: 'config-change-rolls-pods',
  summary: 'A configuration change rolls out new pods.',
  rationale:
    'Without a rollout, running pods keep the values that they read at startup. After later restarts, some ' +
    'replicas use the new configuration and some the old one.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/22368',
  fix: {
    construct:
      "Use 'ConfigRollout.immutable()' (the default), 'ConfigRollout.checksum()' or 'ConfigRollout.reloader()'.",
    yaml:
      "Put a hash of the content into the name of the ConfigMap and set 'immutable: true', or put a checksum of the " +
      'content into an annotation of the pod template.',
  },
  safeDefault: { what: 'a hash in the name and `immutable: true`' },
  ...eachPodAmong(function* (pod, inventory) {
    const reported = new Set<string>();
    for (const use of configUses(pod).filter(({ name }) => !PUBLISHED.includes(name))) {
      if (!reported.has(use.name) && isStale(pod, use, inventory)) {
        reported.add(use.name);
        const configMap = inventory.find('ConfigMap', use.name, pod.object);
        yield {
          at: use.at,
          message: `Nothing restarts the pod${isBare(pod) ? '' : 's'} when ConfigMap '${use.name}' changes.`,
          about: configMap,
          severity: isBare(pod) || isRestartedByHand(pod) || hasNoEffect(pod, use, configMap) ? 'info' : undefined,
          // a database is restarted on purpose, not with each change of its settings
          isException: !RUNNING_KINDS.includes(pod.object.kind) || databaseServers(pod).length > 0,
        };
      }
    }
    yield* heldBack(pod, inventory);
  }),
};

/** Returns the ConfigMaps whose changes do not restart all pods, because the user configured the controller so. */
function* heldBack(pod: Pod, inventory: Inventory): Iterable<Found> {
  const obstacle = rolloutObstacle(pod.object);
  for (const { kind, name, at: path } of obstacle === undefined ? [] : configUses(pod)) {
    if (kind === 'ConfigMap') {
      yield {
        at: path,
        message: `A change of ConfigMap '${name}' does not restart all pods, because ${obstacle}.`,
        about: inventory.find(kind, name, pod.object),
        isException: true,
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
    !(use.volume && isHandledElsewhere(pod, use.volume.name)) &&
    !(use.volume && readsAgain(pod, use.volume.name, inventory))
  );
}

/** Whether the user restarts the pods: they are configured so, or are members of a cluster of servers with state. */
function isRestartedByHand(pod: Pod): boolean {
  const isMember = pod.object.kind === 'StatefulSet' && (pod.replicas ?? 1) > 1 && serversOf(pod).length > 0;
  return isMember || rolloutObstacle(pod.object) !== undefined;
}

/**
 * Whether the pods do not use the content: a script has run already, the app has its defaults because the keys that it
 * uses are missing, or an init container copies files only to an empty volume.
 */
function hasNoEffect(pod: Pod, { name, volume }: ConfigUse, configMap: ManifestObject | undefined): boolean {
  return (
    (configMap !== undefined && (containsOnlyShellScripts(configMap) || !usesKeyOf(pod, name, configMap))) ||
    (volume !== undefined && isOnlyCopiedOnce(pod, volume.name))
  );
}

/** Whether a ConfigMap contains a key that a pod uses. */
function usesKeyOf(pod: Pod, name: string, configMap: ManifestObject): boolean {
  const keys = configKeys(configMap);
  const sources = pod.volumes.flatMap(volumeSources).filter(source => source.kind === 'ConfigMap');
  const listed = [
    ...sources.filter(source => source.name === name).map(({ items }) => items?.map(({ key }) => key)),
    ...pod.containers.flatMap(({ env, content }) => [
      ...env.flatMap(({ from }) => (from?.kind === 'ConfigMap' && from.name === name ? [[from.key ?? '']] : [])),
      ...list(content.envFrom).flatMap(from => (at(from, 'configMapRef', 'name') === name ? [undefined] : [])),
    ]),
  ];
  // a use without a list of keys uses all of them
  return listed.some(used => (used ?? keys).some(key => keys.includes(key)));
}

/** Whether it is a pod without a controller, which replaces no pods. */
function isBare({ object }: Pod): boolean {
  return object.kind === 'Pod';
}

/** Whether the files are scripts for the first start of a database, or the rule on `subPath` reports them. */
function isHandledElsewhere(pod: Pod, volume: string): boolean {
  const mounts = pod.containers.flatMap(({ role, mounts: all }) =>
    all.filter(mount => mount.volume === volume).map(mount => ({ ...mount, role })),
  );
  return (
    mounts.length > 0 &&
    mounts.every(
      ({ path, subPath, role }) => (subPath !== undefined && role !== 'init') || isWithin(path, INIT_DIRECTORY),
    )
  );
}
