import { configFiles } from '../../inspect/config-use';
import { databaseServers, DatabaseServer, mountAt, optionOf } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachPodAmong, Rule } from '../rule';

const AMOUNT = '["\']?(\\d+(?:\\.\\d+)?)\\s*([kMGT]?B)?\\b';
const OPTION = new RegExp(`(?:^|\\s)(?:-c ?|--)max[-_]wal[-_]size\\s*=\\s*${AMOUNT}`, 'g');
const SETTING = new RegExp(`^[ \\t]*max_wal_size[ \\t]*=?[ \\t]*${AMOUNT}`, 'gmi');

/** An amount without a unit is in megabytes. */
const UNITS: Record<string, number> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

export const writeAheadLogFitsVolume: Rule<'write-ahead-log-fits-volume'> = {
  id: 'write-ahead-log-fits-volume',
  summary: 'the write-ahead log of PostgreSQL takes at most half of its volume',
  rationale: 'it fills the volume under load: the server stops, and does not start again for want of room',
  severity: 'error',
  documentationUrl: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/1808',
  fix: {
    construct: "raise 'storage', or set 'max_wal_size' to a smaller part of it",
    yaml: "raise the claim's 'resources.requests.storage', or set 'max_wal_size' to a smaller part of it",
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const server of databaseServers(pod)) {
      const log = server.image.id === 'postgresql' ? maxWalSize(server, inventory) : undefined;
      const size = log === undefined ? undefined : claimSize(server, inventory);
      if (size !== undefined && log! > size / 2) {
        yield {
          at: server.container.at,
          message:
            `'max_wal_size' of PostgreSQL in container '${server.container.name}' is ${formatBytes(log!)}, more ` +
            `than half of its volume of ${formatBytes(size)}`,
        };
      }
    }
  }),
};

/** In bytes; the command line goes before the file, and what stands later before what stands earlier. */
function maxWalSize({ container, pod }: DatabaseServer, inventory: Inventory): number | undefined {
  const words = [...container.command, ...container.args].join(' ');
  const given = /(?:^|\s)(?:-c ?|--)config[-_]file\s*=\s*["']?([^\s"']+)/.exec(words)?.[1];
  const files = [...configFiles(container, pod, inventory)].filter(([path]) =>
    given === undefined ? path.endsWith('.conf') : path === given,
  );
  const found =
    [...words.matchAll(OPTION)].pop() ?? files.flatMap(([, content]) => [...content.matchAll(SETTING)]).pop();
  return found && Number(found[1]) * UNITS[found[2] ?? 'MB'];
}

/** What the claim asks for on which the server writes its log. */
function claimSize({ container, pod, dataPath }: DatabaseServer, inventory: Inventory): number | undefined {
  const directory =
    container.env.find(({ name }) => name === 'POSTGRES_INITDB_WALDIR')?.value ??
    optionOf(
      container.env.find(({ name }) => name === 'POSTGRES_INITDB_ARGS')?.value?.split(/\s+/) ?? [],
      '--waldir',
    ) ??
    `${dataPath}/pg_wal`;
  const volume = pod.volumes.find(({ name }) => name === mountAt(container, directory)?.volume);
  const claim =
    volume?.type === 'persistentVolumeClaim'
      ? inventory.find('PersistentVolumeClaim', text(volume.source.claimName), pod.object)?.content
      : volume?.source;
  return parseQuantity(at(claim, 'spec', 'resources', 'requests', 'storage'));
}
