import { collectorImage } from '../../inspect/collectors';
import { mountAt } from '../../inspect/databases';
import { LogWrite, logWrites } from '../../inspect/log-writes';
import type { Container, Mount, Pod } from '../../inspect/pods';
import { eachContainer, Rule } from '../rule';

export const logsInAVolume: Rule<'logs-in-a-volume'> = {
  id: 'logs-in-a-volume',
  summary: 'Logs are written to a volume or to stdout.',
  rationale:
    'Log files in the writable layer of a container are not collected, can fill the disk of the node, and are ' +
    'deleted with the container.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
  fix: {
    construct: "Use 'LoggedApp', or add 'LogShipping' with the 'directory' of the logs.",
    yaml: "Mount an 'emptyDir' with a 'sizeLimit' at the directory, or log to stdout.",
  },
  safeDefault: { what: 'a bounded volume for the logs, shared with the collector' },
  ...eachContainer(function* (container, pod) {
    for (const write of container.role === 'init' ? [] : logWrites(container)) {
      if (!isOnVolume(container, write)) {
        yield {
          at: write.at,
          message: `Container '${container.name}' writes its log to '${write.path}', which is not on a volume.`,
        };
      }
    }
    for (const mount of collectorImage(container) ? container.mounts : []) {
      if (mount.readOnly && isNeverWritten(pod, mount)) {
        yield {
          at: mount.at,
          message: `Container '${container.name}' collects logs from '${mount.path}', but no container writes there.`,
        };
      }
    }
  }),
};

function isOnVolume(container: Container, { path, isDirectory }: LogWrite): boolean {
  const directory = isDirectory ? path : path.slice(0, path.lastIndexOf('/')) || '/';
  return (mountAt(container, directory) ?? mountAt(container, path)) !== undefined;
}

/** Returns whether a mount is an `emptyDir` to which no container can write. */
function isNeverWritten(pod: Pod, { volume }: Mount): boolean {
  return (
    pod.volumes.some(({ name, type }) => name === volume && type === 'emptyDir') &&
    !pod.containers.some(({ mounts }) => mounts.some(mount => mount.volume === volume && !mount.readOnly))
  );
}
