import { concurrentPods } from '../../inspect/concurrent-pods';
import { mountAt } from '../../inspect/databases';
import type { JsonPath } from '../../inspect/json';
import { logWrites } from '../../inspect/log-writes';
import type { Container, Volume } from '../../inspect/pods';
import { isNetworkVolume } from '../../inspect/volume-life';
import { eachPod, Rule } from '../rule';

export const oneWriterPerFile: Rule<'one-writer-per-file'> = {
  id: 'one-writer-per-file',
  summary: 'Each file has only one container that writes to it.',
  rationale: 'Several writers interleave their lines, and keep writing to a file that another container has rotated.',
  severity: 'error',
  profile: 'storage',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/access-application-cluster/communicate-containers-same-pod-shared-volume/',
  fix: {
    construct: 'Use a different file of the shared volume in each container.',
    yaml: "Use a different file or 'subPath' in each container.",
  },
  ...eachPod(function* (pod) {
    const writers = new Map<string, string>();
    const shared = new Set(pod.volumes.filter(isShared).map(({ name }) => name));
    const pods = concurrentPods(pod);
    for (const container of pod.containers.filter(({ role }) => role !== 'init')) {
      for (const { file, path, at } of writtenFiles(container)) {
        const writer = writers.get(file);
        if (writer !== undefined && writer !== container.name) {
          yield {
            at,
            message: `Containers '${writer}' and '${container.name}' both write to '${path}'.`,
          };
        } else if (pods && shared.has(file.split('/')[0]) && !file.includes('$(')) {
          yield {
            at,
            message: `Container '${container.name}' writes to the same file '${path}' in ${pods.description}.`,
          };
        }
        writers.set(file, container.name);
      }
    }
  }),
};

/** Whether all pods of an object share a volume. */
function isShared(volume: Volume): boolean {
  return volume.type === 'persistentVolumeClaim' || isNetworkVolume(volume);
}

interface WrittenFile {
  /** The volume, and the path on it. */
  readonly file: string;
  /** The path in the container. */
  readonly path: string;
  readonly at: JsonPath;
}

/** Returns the files on volumes to which a container writes: logs, and mounts of single files. */
function writtenFiles(container: Container): WrittenFile[] {
  const logs = logWrites(container).flatMap(({ path, isDirectory, at }) => {
    const mount = isDirectory ? undefined : mountAt(container, path);
    if (mount === undefined || mount.readOnly) {
      return [];
    }
    const file = `${mount.volume}/${mount.subPath ?? ''}${path.slice(mount.path.length)}`.replace('//', '/');
    return [{ file, path, at }];
  });
  const singleFiles = container.mounts
    .filter(({ subPath, readOnly }) => !readOnly && subPath !== undefined && /\.\w+$/.test(subPath))
    .map(({ volume, subPath, path, at }) => ({ file: `${volume}/${subPath}`, path, at }));
  return [...logs, ...singleFiles];
}
