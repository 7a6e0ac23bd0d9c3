import { RUNNING_KINDS } from '../../facts/kubernetes';
import { configUses, isShownBy } from '../../inspect/config-use';
import { answerToChange } from '../../predicates/answer-to-change';
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
        for (const mount of pod.containers.flatMap(({ mounts }) => mounts)) {
          if (
            mount.volume === volume.name &&
            mount.subPath !== undefined &&
            isShownBy(mount.subPath, use, pod, object)
          ) {
            yield {
              at: [...mount.at, 'subPath'],
              message: `'${mount.path}' is mounted with 'subPath', so it does not change with ${kind} '${name}'.`,
              about: object,
              // each run of a Job mounts the files again
              isException: !RUNNING_KINDS.includes(pod.object.kind),
            };
          }
        }
      }
    }
  }),
};
