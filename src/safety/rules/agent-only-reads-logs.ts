import { isWithin } from '../../checks/paths';
import { collectorImage, fileSources } from '../../inspect/collectors';
import { configFiles } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import type { Container, Mount, Pod } from '../../inspect/pods';
import { agentOffsets } from '../../predicates/agent-offsets';
import { nodePathOf } from '../../predicates/node-paths';
import { eachPodAmong, Rule } from '../rule';

export const agentOnlyReadsLogs: Rule<'agent-only-reads-logs'> = {
  id: 'agent-only-reads-logs',
  summary: 'A log agent mounts the logs of its node read-only.',
  rationale: 'An agent that can write there can change or delete the logs of every pod of the node.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  fix: {
    construct: "Mount the host path with 'readOnly: true'.",
    yaml: "Set 'readOnly: true' for the mount, and keep the offsets in another host path.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.object.kind === 'DaemonSet' ? pod.containers : []) {
      for (const mount of collectorImage(container) ? container.mounts : []) {
        const directory = nodePathOf(pod, mount);
        if (LOG_DIRECTORIES.includes(directory) && !mount.readOnly && !needsToWrite(pod, container, mount, inventory)) {
          yield {
            at: mount.at,
            message:
              `Container '${container.name}' only reads the logs in '${directory}' of the node, but can write ` +
              'there.',
          };
        }
      }
    }
  }),
};

/** The directories of a node in which the container runtime and the node write logs. */
const LOG_DIRECTORIES: readonly unknown[] = [
  '/var/log',
  '/var/log/pods',
  '/var/log/containers',
  '/var/log/journal',
  '/var/lib/docker/containers',
  '/run/log/journal',
];

/** Images whose configuration in the image keeps offsets among the logs: those for logs of Kubernetes. */
const OFFSETS_IN_LOGS = /fluentd[-_](?:kubernetes|elasticsearch|gcp|cloudwatch|papertrail)/;

/** Whether an agent keeps offsets or buffers in the mount, according to its configuration or that of its image. */
function needsToWrite(pod: Pod, container: Container, { path }: Mount, inventory: Inventory): boolean {
  const offsets = [...fileSources(container, pod, inventory), ...agentOffsets(container, pod, inventory)];
  const content = [...configFiles(container, pod, inventory).values(), ...container.args].join('\n');
  const written = [
    ...offsets.map(({ offsets: file }) => file),
    ...[...content.matchAll(WRITTEN)].map(([, target]) => target),
  ];
  return (
    written.some(file => file !== undefined && isWithin(file, path)) ||
    (OFFSETS_IN_LOGS.test(container.image) && path === '/var/log' && content === '')
  );
}

const PATH_SETTINGS = [
  ...['pos_file', 'db', 'storage.path', 'data_dir', 'filename', 'buffer_path', 'directory', 'path.data', 'root_dir'],
];

/** Matches settings of collectors with paths that they write to. */
const WRITTEN = new RegExp(`(?:${PATH_SETTINGS.join('|')})\\s*(?:[:=]\\s*)?["']?(/[\\w./-]+)`, 'gi');
