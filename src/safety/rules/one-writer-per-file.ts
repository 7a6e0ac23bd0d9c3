import { mountAt } from '../../inspect/databases';
import type { JsonPath } from '../../inspect/json';
import { logWrites } from '../../inspect/log-writes';
import type { Container } from '../../inspect/pods';
import { eachPod, Rule } from '../rule';

export const oneWriterPerFile: Rule<'one-writer-per-file'> = {
  id: 'one-writer-per-file',
  summary: 'no two containers write one file',
  rationale: 'their lines are torn apart, and what one rotates or truncates the other goes on with',
  severity: 'error',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/access-application-cluster/communicate-containers-same-pod-shared-volume/',
  fix: {
    construct: 'give each container a file of its own in the shared volume',
    yaml: "give each container a file or a 'subPath' of its own",
  },
  ...eachPod(function* (pod) {
    const writers = new Map<string, string>();
    const shared = new Set(
      pod.volumes
        .filter(({ type }) => ['persistentVolumeClaim', 'nfs', 'cephfs'].includes(type))
        .map(({ name }) => name),
    );
    for (const container of pod.containers.filter(({ role }) => role !== 'init')) {
      for (const { file, path, at: here } of writtenFiles(container)) {
        const other = writers.get(file);
        if (other !== undefined && other !== container.name) {
          yield {
            at: here,
            message: `container '${container.name}' writes '${path}', which container '${other}' writes too`,
          };
        } else if ((pod.replicas ?? 1) > 1 && shared.has(file.split('/')[0]) && !file.includes('$(')) {
          yield {
            at: here,
            message: `container '${container.name}' writes '${path}' in each of ${pod.replicas} replicas`,
          };
        }
        writers.set(file, container.name);
      }
    }
  }),
};

/** The files that a container writes in volumes, by volume and path in it. */
function writtenFiles(container: Container): { file: string; path: string; at: JsonPath }[] {
  const logs = logWrites(container)
    .filter(({ isDirectory }) => !isDirectory)
    .flatMap(({ path, at }) => {
      const mount = mountAt(container, path);
      return mount && !mount.readOnly
        ? [
            {
              file: `${mount.volume}/${mount.subPath ?? ''}${path.slice(mount.path.length)}`.replace('//', '/'),
              path,
              at,
            },
          ]
        : [];
    });
  const single = container.mounts
    .filter(({ subPath, readOnly }) => !readOnly && subPath !== undefined && /\.\w+$/.test(subPath))
    .map(({ volume, subPath, path, at }) => ({ file: `${volume}/${subPath}`, path, at }));
  return [...logs, ...single];
}
