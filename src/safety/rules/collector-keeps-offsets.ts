import { collectorImage, fileSources } from '../../inspect/collectors';
import { mountAt } from '../../inspect/databases';
import { isBesideOthers } from '../../inspect/log-writes';
import type { Container } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const collectorKeepsOffsets: Rule<'collector-keeps-offsets'> = {
  id: 'collector-keeps-offsets',
  summary: 'a log collector knows after a restart how far it has read',
  rationale: 'it begins anew: lines are shipped twice or never',
  severity: 'warning',
  documentationUrl: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#keeping-state',
  fix: {
    construct: "take a 'LogCollector' of ours, which keeps them in a bounded volume",
    yaml:
      "set 'db' (Fluent Bit), 'pos_file' (Fluentd), 'data_dir' (Vector) or 'storage' (OpenTelemetry) to a path on " +
      'a volume',
  },
  safeDefault: { what: 'offsets in a volume of their own' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      if (runsByDefault(container) && isBesideOthers(pod, container)) {
        yield {
          at: container.at,
          message: `container '${container.name}' runs with the configuration of its image, which keeps no offsets`,
        };
      }
      for (const { name, offsets } of fileSources(container, pod, inventory)) {
        if (offsets === undefined) {
          yield { at: container.at, message: `the source '${name}' of container '${container.name}' keeps no offsets` };
        } else if (offsets.startsWith('/') && !mountAt(container, offsets)) {
          yield {
            at: container.at,
            message:
              `the source '${name}' of container '${container.name}' keeps its offsets at '${offsets}', in its ` +
              'own layer',
          };
        }
      }
    }
  }),
};

/** Whether a collector is told nothing, by files or by its command line. */
function runsByDefault(container: Container): boolean {
  const { command, args, env, mounts } = container;
  return (
    collectorImage(container)?.syntax !== undefined &&
    command.length + args.length + env.length === 0 &&
    mounts.length <= 1
  );
}
