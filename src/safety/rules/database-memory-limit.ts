import { at } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachDatabase, Rule } from '../rule';

/** The largest of each engine's buffers, as it stands in a command line. */
const BUFFERS =
  /(shared_buffers|innodb[-_]buffer[-_]pool[-_]size|maxmemory|wiredTigerCacheSizeGB)[= ]+(\d+(?:\.\d+)?)\s*([kmg]i?b?)?\b/i;

const UNITS: Record<string, number> = Object.fromEntries(
  ['k', 'm', 'g'].flatMap((letter, i) =>
    [letter, `${letter}b`, `${letter}i`, `${letter}ib`].map(unit => [unit, 1024 ** (i + 1)]),
  ),
);

/** What an amount without a unit is in. */
const BARE_UNITS: Record<string, number> = { shared_buffers: 8192, wiredTigerCacheSizeGB: 1024 ** 3 };

export const databaseMemoryLimit: Rule<'database-memory-limit'> = {
  id: 'database-memory-limit',
  summary: 'the buffers of a database fit into its memory limit',
  rationale: 'it takes more than its limit, and is killed in the middle of a write',
  severity: 'error',
  documentationUrl: 'https://github.com/docker-library/mongo/issues/311',
  fix: {
    construct: "take a 'StatefulDatabase', which derives the settings from 'memory'",
    yaml: "raise 'resources.limits.memory', or set the engine's buffers to a part of it",
  },
  safeDefault: { what: '`memory` as request and limit, and settings derived from it' },
  ...eachDatabase(function* ({ image, container, pod }) {
    const limit =
      parseQuantity(at(container.content, 'resources', 'limits', 'memory')) ??
      parseQuantity(at(pod.spec, 'resources', 'limits', 'memory'));
    const words = [...container.command, ...container.args].join(' ');
    const [, name, amount, unit = ''] = BUFFERS.exec(words) ?? [];
    const bytes = Number(amount) * (UNITS[unit.toLowerCase()] ?? BARE_UNITS[name] ?? 1);
    if (name !== undefined && limit !== undefined && bytes >= limit) {
      yield {
        at: container.at,
        message:
          `'${name}' of ${image.title} in container '${container.name}' is ${formatBytes(bytes)}, not less than ` +
          `its memory limit of ${formatBytes(limit)}`,
      };
    }
  }),
};
