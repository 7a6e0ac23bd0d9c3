import { collectorImage } from '../../inspect/collectors';
import { mountAt } from '../../inspect/databases';
import { logWrites } from '../../inspect/log-writes';
import { eachContainer, Rule } from '../rule';

export const logsInAVolume: Rule<'logs-in-a-volume'> = {
  id: 'logs-in-a-volume',
  summary: 'logs are written to a volume or to stdout',
  rationale:
    "in the container's own layer no collector sees them, nothing bounds them, and they are gone with the container",
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
  fix: {
    construct: "take a 'LoggedApp', or add 'LogShipping' with the directory",
    yaml: "mount an 'emptyDir' with a 'sizeLimit' at the directory, or log to stdout",
  },
  safeDefault: { what: 'a bounded volume for the logs, shared with the collector' },
  ...eachContainer(function* (container, pod) {
    for (const { path, isDirectory, at: here } of container.role === 'init' ? [] : logWrites(container)) {
      const mount =
        mountAt(container, isDirectory ? path : path.slice(0, path.lastIndexOf('/')) || '/') ??
        mountAt(container, path);
      if (!mount) {
        yield { at: here, message: `container '${container.name}' writes its log to '${path}', in its own layer` };
      }
    }
    for (const { volume, path, readOnly, at: here } of collectorImage(container) ? container.mounts : []) {
      const isEmpty =
        pod.volumes.some(({ name, type }) => name === volume && type === 'emptyDir') &&
        !pod.containers.some(({ mounts }) => mounts.some(mount => mount.volume === volume && !mount.readOnly));
      if (readOnly && isEmpty) {
        yield {
          at: here,
          message: `container '${container.name}' collects logs from '${path}', where no container writes any`,
        };
      }
    }
  }),
};
