import { RUNNING_KINDS } from '../../facts/kubernetes';
import { configUses, isShownBy } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import { at } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Pod } from '../../inspect/pods';
import { answerToChange } from '../../predicates/answer-to-change';
import { rolloutObstacle } from '../../predicates/rollout-obstacle';
import { containsOnlyShellScripts } from '../../predicates/shell-scripts';
import { eachPodAmong, Rule } from '../rule';

export const noSubPathConfig: Rule<'no-sub-path-config'> = {
  id: 'no-sub-path-config',
  summary: "No ConfigMap or Secret file is mounted with 'subPath', unless a change of it rolls out new pods.",
  rationale:
    "A file that is mounted with 'subPath' keeps its first content as long as the container runs, even if the " +
    'object changes.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/50345',
  fix: {
    construct:
      "Mount the directory with 'ConfigFiles', or mount single files with 'ConfigRollout.immutable()', the default.",
    yaml:
      "Mount the directory without 'subPath', or roll out new pods when the content changes: put a hash into the " +
      'name, or a checksum into an annotation of the pod template.',
  },
  safeDefault: {
    what: 'directories are mounted without `subPath`, and single files get a hash in the name of their object',
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const use of configUses(pod)) {
      const { kind, name, volume } = use;
      const object = inventory.find(kind, name, pod.object);
      if (volume && answerToChange(pod, { kind, name }, object) === undefined) {
        for (const mount of pod.containers.flatMap(({ role, mounts }) => (role === 'init' ? [] : mounts))) {
          if (
            mount.volume === volume.name &&
            mount.subPath !== undefined &&
            isShownBy(mount.subPath, use, pod, object)
          ) {
            yield {
              at: [...mount.at, 'subPath'],
              message: `'${mount.path}' is mounted with 'subPath', so it does not change with ${kind} '${name}'.`,
              about: object,
              severity: isUnaffected(pod, mount.path, object) ? 'info' : undefined,
              // each run of a Job mounts the files again
              isException: !RUNNING_KINDS.includes(pod.object.kind),
            };
          }
        }
      }
    }
  }),
};

/**
 * Whether a change in the file would have no effect on the running container either: a script of the start, the
 * settings of a database, a pod that ends after its work, or one that the user restarts.
 */
function isUnaffected(pod: Pod, path: string, object: ManifestObject | undefined): boolean {
  return (
    rolloutObstacle(pod.object) !== undefined ||
    (pod.object.kind === 'Pod' && ['Never', 'OnFailure'].includes(String(at(pod.spec, 'restartPolicy')))) ||
    path.endsWith('.sh') ||
    (object !== undefined && containsOnlyShellScripts(object)) ||
    databaseServers(pod).length > 0
  );
}
