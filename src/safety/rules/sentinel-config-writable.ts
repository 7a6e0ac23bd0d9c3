import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { commandLine, databaseImage, mountAt } from '../../inspect/databases';
import type { Container } from '../../inspect/pods';
import { eachContainer, Rule } from '../rule';

export const sentinelConfigWritable: Rule<'sentinel-config-writable'> = {
  id: 'sentinel-config-writable',
  summary: 'A sentinel can write to its configuration file.',
  rationale: 'A sentinel stores its state in the file. It does not start, or forgets the primary after a restart.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/redis/redis/issues/6126',
  fix: {
    construct: 'Copy the file to a writable volume in an init container, and start the sentinel with the copy.',
    yaml: "Copy the file to an 'emptyDir' or a claim in an init container, and start the sentinel with the copy.",
  },
  ...eachContainer(function* (container, { volumes }) {
    const path = sentinelConfig(container);
    const mount = path === undefined ? undefined : mountAt(container, path);
    const type = volumes.find(({ name }) => name === mount?.volume)?.type ?? '';
    if (mount && (mount.readOnly || [...CONFIG_VOLUMES, 'image'].includes(type))) {
      yield {
        at: container.at,
        message: `The sentinel in container '${container.name}' cannot write to its configuration file '${path}'.`,
      };
    }
  }),
};

/** Returns the configuration file of a sentinel: the argument of its program, or that of a server with `--sentinel`. */
function sentinelConfig(container: Container): string | undefined {
  const { sentinelPrograms } = databaseImage(container.image) ?? {};
  if (!sentinelPrograms) {
    return undefined;
  }
  const command = commandLine(container);
  const [, argument] =
    new RegExp(`(?:${sentinelPrograms.join('|')})\\s+["']?(/[^\\s"';&|]+)`).exec(command) ??
    /(?<![^\s"';&|])(\/[^\s"';&|]+)["']?\s+--sentinel\b/.exec(command) ??
    [];
  return argument;
}
