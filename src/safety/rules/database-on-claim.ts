import { isWithin } from '../../checks/paths';
import { commandLine, DatabaseServer, lastingMounts, mountAt } from '../../inspect/databases';
import type { Container, Mount, Pod } from '../../inspect/pods';
import { eachDatabase, Rule } from '../rule';

export const databaseOnClaim: Rule<'database-on-claim'> = {
  id: 'database-on-claim',
  summary: 'A database keeps its data on a volume that outlives its pod.',
  rationale: 'On any other volume, the data is lost with the container or the pod.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
  fix: {
    construct: "Use a 'StatefulDatabase'.",
    yaml: "Use a StatefulSet with a claim in 'volumeClaimTemplates', mounted where the image keeps its data.",
  },
  safeDefault: { what: 'a claim for each replica' },
  ...eachDatabase(function* (server) {
    const { image, container, pod, dataPath } = server;
    if (hasLastingMount(server) || isCache(container)) {
      return;
    }
    const mount = mountAt(container, dataPath);
    yield {
      at: mount?.at ?? container.at,
      message:
        `${image.title} in container '${container.name}' keeps its data at '${dataPath}' in ` +
        `${mount ? describeVolume(pod, mount) : 'the writable layer of the container'}.`,
    };
  }),
};

/** Whether a lasting volume is mounted at, above or below the data. `data-directory-mount` checks the exact path. */
function hasLastingMount({ pod, container, dataPath, volumePath }: DatabaseServer): boolean {
  return lastingMounts(pod, container).some(mount =>
    [dataPath, volumePath].some(path => isWithin(path, mount.path) || isWithin(mount.path, path)),
  );
}

function describeVolume(pod: Pod, mount: Mount): string {
  return `the ${pod.volumes.find(({ name }) => name === mount.volume)?.type ?? 'volume'} '${mount.volume}'`;
}

/** Whether Redis or Valkey is configured as a cache, which saves nothing. */
function isCache(container: Container): boolean {
  const command = `${commandLine(container)} `;
  return (
    /--?save (?:""|''|\s|$)|--save\s+--|maxmemory-policy (?:allkeys|volatile)/.test(command) &&
    !/appendonly yes/.test(command)
  );
}
