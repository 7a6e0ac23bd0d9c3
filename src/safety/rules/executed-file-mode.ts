import { formatMode } from '../../inspect/mode';
import { executions } from '../../predicates/executions';
import { canAccess } from '../../predicates/file-access';
import { projectedFileAt } from '../../predicates/projected-files';
import { eachPodWith, Rule } from '../rule';

export const executedFileMode: Rule<'executed-file-mode'> = {
  id: 'executed-file-mode',
  summary: 'A mounted script that a container executes has execute permission.',
  rationale: "Files of ConfigMaps and Secrets have the mode 0644 by default, so the container fails with 'EACCES'.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/71356',
  fix: {
    construct: "Set 'mode: 0o555' for the source of the script in 'ConfigFiles'.",
    yaml: "Set 'defaultMode: 0555' for the volume, or run the script with its interpreter: '[sh, /scripts/run.sh]'.",
  },
  ...eachPodWith(['command'], function* (pod) {
    for (const container of pod.containers) {
      for (const { path, isDirect, at } of executions(container)) {
        const file = isDirect ? projectedFileAt(pod, container, path) : undefined;
        if (file && canAccess(pod, container, file.mode, 'execute') === false) {
          const { kind, name } = file.source;
          yield {
            at,
            message:
              `Container '${container.name}' executes '${path}' of ${kind} '${name}', whose mode ` +
              `${formatMode(file.mode)} does not grant it execute permission.`,
          };
        }
      }
    }
  }),
};
