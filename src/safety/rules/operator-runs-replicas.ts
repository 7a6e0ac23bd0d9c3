import { hasBackup, matchingPaths, operatorObjects, replicasOf } from '../../inspect/operators';
import type { Rule } from '../rule';

export const operatorRunsReplicas: Rule<'operator-runs-replicas'> = {
  id: 'operator-runs-replicas',
  summary: 'An operator runs more than one replica of a database.',
  rationale: 'A single replica is down during each update and until a failed node is replaced.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',
  fix: {
    construct: 'Set the number of replicas of the custom resource to 2 or more.',
    yaml: 'Set the number of replicas to 2 or more, or to 3 if the members elect a leader.',
  },
  check: inventory =>
    operatorObjects(inventory).flatMap(operator => {
      const { object, facts } = operator;
      if (replicasOf(operator) !== 1) {
        return [];
      }
      const [pattern] = facts.replicas!.paths;
      const [path] = matchingPaths(object.content, pattern);
      return [
        {
          object,
          at: path ?? ['spec', pattern.split('.').pop()!],
          // the data of a server that is down for a while is not at risk if there is a backup
          severity: facts.backup && hasBackup(object, facts.backup, inventory) ? 'info' : undefined,
          message: `The ${object.kind} has one replica, so it is down whenever its pod is replaced.`,
        },
      ];
    }),
};
