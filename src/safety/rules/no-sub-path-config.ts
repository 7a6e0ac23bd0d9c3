import { configUses } from '../../inspect/config-use';
import { answerToChange } from '../../predicates/answer-to-change';
import { eachPodAmong, Rule } from '../rule';

export const noSubPathConfig: Rule<'no-sub-path-config'> = {
  id: 'no-sub-path-config',
  summary: 'no file of a ConfigMap or Secret is mounted that never changes again',
  rationale:
    "a file that is mounted by 'subPath' keeps its first content as long as the container runs, whatever becomes " +
    'of the object',
  severity: 'warning',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/50345',
  fix: {
    construct:
      "mount the directory with 'ConfigFiles', or single files with a rollout that changes the name, the default",
    yaml:
      "mount the directory without 'subPath', or roll the pods with the content: a hash in the name, or a " +
      "checksum in the template's annotations",
  },
  safeDefault: { what: "directories are mounted whole, and single files change their object's name" },
  ...eachPodAmong(function* (pod, inventory) {
    for (const use of configUses(pod)) {
      if (use.volume && answerToChange(pod, use, inventory.find(use.kind, use.name, pod.object)) === undefined) {
        for (const mount of pod.containers.flatMap(({ mounts }) => mounts)) {
          if (mount.volume === use.volume.name && mount.subPath !== undefined) {
            yield {
              at: [...mount.at, 'subPath'],
              message: `'${mount.path}' comes from ${use.kind} '${use.name}' by 'subPath', and never changes with it`,
            };
          }
        }
      }
    }
  }),
};
