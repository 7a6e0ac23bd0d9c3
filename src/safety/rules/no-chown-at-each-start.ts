import { isWithin, withoutTrailingSlashes } from '../../checks/paths';
import { JOB_KINDS } from '../../facts/kubernetes';
import type { Container, Pod } from '../../inspect/pods';
import { shellCommands } from '../../inspect/shell-script';
import { inlineScripts } from '../../predicates/executions';
import { eachPodWith, Rule } from '../rule';

export const noChownAtEachStart: Rule<'no-chown-at-each-start'> = {
  id: 'no-chown-at-each-start',
  summary: 'No init container changes the owner of every file of a claim at each start.',
  rationale: 'After each restart, the app waits for this walk, which takes minutes to hours with many files.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/' +
    '#configure-volume-permission-and-ownership-change-policy-for-pods',
  fix: {
    construct: "Remove the init container: 'AppWorkload' sets 'fsGroup' and 'OnRootMismatch'.",
    yaml:
      "Replace the init container with 'fsGroup' and 'fsGroupChangePolicy: OnRootMismatch', or only run it if the " +
      'owner of the directory is wrong.',
  },
  ...eachPodWith(['initContainers'], function* (pod) {
    for (const container of JOB_KINDS.includes(pod.object.kind) ? [] : pod.containers) {
      const target = container.role === 'init' ? changedClaim(pod, container) : undefined;
      if (target !== undefined) {
        yield {
          at: container.at,
          message: `Init container '${container.name}' changes every file in '${target}' at each start of the pod.`,
        };
      }
    }
  }),
};

const CLAIM_TYPES = ['volumeClaimTemplate', 'persistentVolumeClaim'];

/** Returns the directory of a claim that an init container walks through without a condition. */
function changedClaim({ volumes }: Pod, container: Container): string | undefined {
  const claims = volumes.filter(({ type }) => CLAIM_TYPES.includes(type)).map(({ name }) => name);
  const mounts = container.mounts.filter(({ volume }) => claims.includes(volume));
  const scripts = inlineScripts(container).map(({ script }) => script);
  const commands =
    scripts.length > 0
      ? scripts.filter(script => !CONDITION.test(script)).flatMap(shellCommands)
      : [[...container.command, ...container.args]];
  return commands
    .filter(words => isRecursive(words))
    .flatMap(words => words.filter(word => mounts.some(({ path }) => isWithin(withoutTrailingSlashes(word), path))))[0];
}

/** Matches the conditions of a shell that can skip the walk. */
const CONDITION = /(?:^|[\s;&|(])(?:if|case|test|\[{1,2}|find|stat)\s|\|\|/;

function isRecursive(words: readonly string[]): boolean {
  const program = words.find(word => /(?:^|\/)(?:chown|chmod|chgrp)$/.test(word));
  return program !== undefined && words.some(word => /^-[a-zA-QS-Z]*R[a-zA-Z]*$|^--recursive$/.test(word));
}
