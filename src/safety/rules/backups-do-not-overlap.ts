import { at } from '../../inspect/json';
import { backupsOf, dumpProgram } from '../../predicates/backups';
import { eachPod, Rule } from '../rule';

export const backupsDoNotOverlap: Rule<'backups-do-not-overlap'> = {
  id: 'backups-do-not-overlap',
  summary: 'A backup does not start while the last one is running.',
  rationale: 'Two dumps at the same time slow down the database and overwrite the files of each other.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
  fix: {
    construct: "Use 'Controller.cronJob', which forbids concurrent runs.",
    yaml: "Set 'concurrencyPolicy: Forbid'.",
  },
  ...eachPod(function* (pod) {
    const { kind, content } = pod.object;
    const [backup] = kind === 'CronJob' ? backupsOf(pod) : [];
    if (backup && (at(content, 'spec', 'concurrencyPolicy') ?? 'Allow') === 'Allow') {
      yield {
        at: ['spec', 'concurrencyPolicy'],
        message: `A run of '${dumpProgram(backup)}' can start while the last one is running.`,
      };
    }
  }),
};
