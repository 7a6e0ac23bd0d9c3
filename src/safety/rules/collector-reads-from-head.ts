import { fileSources } from '../../inspect/collectors';
import { isBesideOthers } from '../../inspect/log-writes';
import { eachPodAmong, Rule } from '../rule';

export const collectorReadsFromHead: Rule<'collector-reads-from-head'> = {
  id: 'collector-reads-from-head',
  summary: 'a log collector beside an app reads files from their beginning',
  rationale: 'what the app has written before the collector has opened the file is never shipped',
  severity: 'warning',
  documentationUrl: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail',
  fix: {
    construct: "take a 'LogCollector' of ours",
    yaml:
      "set 'read_from_head' (Fluent Bit, Fluentd), 'read_from: beginning' (Vector) or 'start_at: beginning' " +
      '(OpenTelemetry)',
  },
  safeDefault: { what: 'reads from the head' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      for (const { name, fromHead } of isBesideOthers(pod, container) ? fileSources(container, pod, inventory) : []) {
        if (!fromHead) {
          yield {
            at: container.at,
            message: `the source '${name}' of container '${container.name}' begins at the end of the files`,
          };
        }
      }
    }
  }),
};
