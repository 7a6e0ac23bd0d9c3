import { settingOfEach } from '../../facts/images/collectors';
import { fileSources } from '../../inspect/collectors';
import { isBesideOthers } from '../../inspect/log-writes';
import { eachPodAmong, Rule } from '../rule';

export const collectorReadsFromHead: Rule<'collector-reads-from-head'> = {
  id: 'collector-reads-from-head',
  summary: 'A log collector in the pod of its app reads files from their beginning.',
  rationale: 'Lines that the app writes before the collector opens the file are not shipped.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail',
  fix: {
    construct: "Use a 'LogCollector', which reads files from their beginning.",
    yaml: `Set ${settingOfEach(({ readFromHead }) => readFromHead)}.`,
  },
  safeDefault: { what: 'reading from the beginning' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers.filter(candidate => isBesideOthers(pod, candidate))) {
      for (const { name } of fileSources(container, pod, inventory).filter(({ fromHead }) => !fromHead)) {
        yield {
          at: container.at,
          message: `The source '${name}' of container '${container.name}' starts at the end of the files.`,
        };
      }
    }
  }),
};
