import { isWithin } from '../../checks/paths';
import { lastingMounts, mountAt } from '../../inspect/databases';
import type { Container } from '../../inspect/pods';
import { eachDatabase, Rule } from '../rule';

export const databaseOnClaim: Rule<'database-on-claim'> = {
  id: 'database-on-claim',
  summary: 'a database keeps its data on a volume that outlives its pod',
  rationale: 'its data is gone with the container or the pod',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "take a StatefulSet with a claim in 'volumeClaimTemplates', mounted where the image keeps its data",
  },
  safeDefault: { what: 'a claim for each replica' },
  ...eachDatabase(function* ({ image, container, pod, dataPath, volumePath }) {
    const lasting = lastingMounts(pod, container);
    const isNear = lasting.some(({ path }) =>
      [dataPath, volumePath].some(of => isWithin(of, path) || isWithin(path, of)),
    );
    if (isNear || isCache(container)) {
      return;
    }
    const mount = mountAt(container, dataPath);
    const where = mount
      ? `the ${pod.volumes.find(({ name }) => name === mount.volume)?.type ?? 'volume'} '${mount.volume}'`
      : 'its own layer';
    yield {
      at: mount?.at ?? container.at,
      message: `${image.title} in container '${container.name}' keeps its data at '${dataPath}' in ${where}`,
    };
  }),
};

/** Whether Redis or Valkey is told to keep nothing. */
function isCache({ command, args }: Container): boolean {
  const words = [...command, ...args].join(' ');
  return (
    /--?save (?:""|''|\s|$)|--save\s+--|maxmemory-policy (?:allkeys|volatile)/.test(`${words} `) &&
    !/appendonly yes/.test(words)
  );
}
