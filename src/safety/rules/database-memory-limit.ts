import { optionBytes } from '../../inspect/database-settings';
import { commandLine } from '../../inspect/databases';
import { at } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachDatabase, Rule } from '../rule';

export const databaseMemoryLimit: Rule<'database-memory-limit'> = {
  id: 'database-memory-limit',
  summary: 'The buffers of a database fit into its memory limit.',
  rationale: 'With larger buffers, the server exceeds its memory limit and is killed in the middle of a write.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/mongo/issues/311',
  fix: {
    construct: "Use a 'StatefulDatabase', which derives the settings from 'memory'.",
    yaml: "Increase 'resources.limits.memory', or set the engine's buffers to a part of it.",
  },
  safeDefault: { what: '`memory` as request and limit, and settings that are derived from it' },
  ...eachDatabase(function* ({ image, container, pod }) {
    const limit = memoryLimit(container, pod);
    const buffer = optionBytes(commandLine(container), image.buffer, image.sizes);
    if (buffer !== undefined && limit !== undefined && buffer >= limit) {
      const setting = image.buffer.option ?? image.buffer.name;
      yield {
        at: container.at,
        message:
          `'${setting}' of ${image.title} in container '${container.name}' is ${formatBytes(buffer)}, which leaves ` +
          `no room in the memory limit of ${formatBytes(limit)}.`,
      };
    }
  }),
};

function memoryLimit(container: Container, pod: Pod): number | undefined {
  return (
    parseQuantity(at(container.content, 'resources', 'limits', 'memory')) ??
    parseQuantity(at(pod.spec, 'resources', 'limits', 'memory'))
  );
}
