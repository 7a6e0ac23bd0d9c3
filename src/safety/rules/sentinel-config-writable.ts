import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { databaseImage, mountAt } from '../../inspect/databases';
import { eachContainer, Rule } from '../rule';

/** The file behind the program, or before the option that makes a server a sentinel. */
const CONFIG = /(?:redis|valkey)-sentinel\s+["']?(\/[^\s"';&|]+)|(\/[^\s"';&|]+)["']?\s+--sentinel\b/;

export const sentinelConfigWritable: Rule<'sentinel-config-writable'> = {
  id: 'sentinel-config-writable',
  summary: 'a sentinel can write to its configuration file',
  rationale:
    'it keeps there what it knows of the others: it does not start, or forgets after a restart who the primary is',
  severity: 'error',
  documentationUrl: 'https://github.com/redis/redis/issues/6126',
  fix: {
    construct: 'let an init container copy the file to a volume of its own, and start the sentinel with the copy',
    yaml: "let an init container copy the file to an 'emptyDir' or a claim, and start the sentinel with the copy",
  },
  ...eachContainer(function* (container, { volumes }) {
    const id = databaseImage(container.image)?.id;
    const [, behind, before] = CONFIG.exec([...container.command, ...container.args].join(' ')) ?? [];
    const path = behind ?? before;
    const mount = path === undefined || (id !== 'redis' && id !== 'valkey') ? undefined : mountAt(container, path);
    const type = volumes.find(({ name }) => name === mount?.volume)?.type ?? '';
    if (mount && (mount.readOnly || CONFIG_VOLUMES.includes(type))) {
      yield {
        at: container.at,
        message:
          `the sentinel in container '${container.name}' has its configuration at '${path}', where it cannot ` +
          'write',
      };
    }
  }),
};
