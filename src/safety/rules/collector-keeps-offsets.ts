import { settingOfEach } from '../../facts/images/collectors';
import { collectorImage, FileSource, fileSources } from '../../inspect/collectors';
import { mountAt } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import { isBesideOthers } from '../../inspect/log-writes';
import type { Container, Pod } from '../../inspect/pods';
import { outlivesPod } from '../../inspect/volume-life';
import { agentOffsets } from '../../predicates/agent-offsets';
import { eachPodAmong, Rule } from '../rule';

export const collectorKeepsOffsets: Rule<'collector-keeps-offsets'> = {
  id: 'collector-keeps-offsets',
  summary: 'A log collector keeps its offsets when it restarts.',
  rationale: 'Without its offsets it ships lines twice or not at all.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#keeping-state',
  fix: {
    construct: "Use a 'LogCollector', which keeps its offsets in a bounded volume.",
    yaml: `Set ${settingOfEach(({ offsets }) => offsets)} to a path on a volume.`,
  },
  safeDefault: { what: 'offsets in a separate volume' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      if (hasDefaultConfiguration(container) && isBesideOthers(pod, container)) {
        yield {
          at: container.at,
          message: `Container '${container.name}' uses the configuration of its image, which keeps no offsets.`,
        };
      }
      for (const { name, offsets } of sourcesOf(container, pod, inventory)) {
        const source = `The source '${name}' of container '${container.name}'`;
        if (offsets === undefined) {
          yield { at: container.at, message: `${source} keeps no offsets.` };
        } else if (offsets.startsWith('/') && !mountAt(container, offsets)) {
          yield { at: container.at, message: `${source} keeps its offsets at '${offsets}', which is not on a volume.` };
        } else if (readsNode(pod, container) && isDeletedWithPod(pod, container, offsets)) {
          yield {
            at: container.at,
            message:
              `${source} keeps its offsets at '${offsets}', which is deleted with the pod, but the files of the node ` +
              'remain.',
          };
        }
      }
    }
  }),
};

/** Returns the sources of a collector, or its registry if it is an agent that keeps the offsets of all in one. */
function sourcesOf(container: Container, pod: Pod, inventory: Inventory): Pick<FileSource, 'name' | 'offsets'>[] {
  const registries = readsNode(pod, container) ? agentOffsets(container, pod, inventory) : [];
  return [...fileSources(container, pod, inventory), ...registries];
}

/** Whether a collector is an agent that reads files of its node, which outlive its pod. */
function readsNode(pod: Pod, container: Container): boolean {
  const paths = pod.volumes.filter(({ type }) => type === 'hostPath').map(({ name }) => name);
  return pod.object.kind === 'DaemonSet' && container.mounts.some(({ volume }) => paths.includes(volume));
}

function isDeletedWithPod({ volumes }: Pod, container: Container, path: string): boolean {
  const mounted = mountAt(container, path)?.volume;
  return volumes.some(volume => volume.name === mounted && !outlivesPod(volume));
}

/** Returns whether a collector has neither a command line, variables nor a mounted configuration. */
function hasDefaultConfiguration(container: Container): boolean {
  const { command, args, env, mounts } = container;
  return (
    collectorImage(container)?.syntax !== undefined &&
    command.length + args.length + env.length === 0 &&
    mounts.length <= 1
  );
}
