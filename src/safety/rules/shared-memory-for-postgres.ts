import type { DatabaseImage } from '../../facts/images/database-image';
import { commandLine, mountAt } from '../../inspect/databases';
import { at } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { parseQuantity } from '../../inspect/quantity';
import { isUnconfigured } from '../../predicates/is-unconfigured';
import { eachDatabase, Rule } from '../rule';

export const sharedMemoryForPostgres: Rule<'shared-memory-for-postgres'> = {
  id: 'shared-memory-for-postgres',
  summary: 'PostgreSQL has more shared memory than 64Mi.',
  rationale: "Parallel queries fail with 'could not resize shared memory segment'.",
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/CrunchyData/postgres-operator/issues/2640',
  fix: {
    construct: "Use a 'StatefulDatabase'.",
    yaml: "Mount an 'emptyDir' with 'medium: Memory' and a 'sizeLimit' at '/dev/shm'.",
  },
  safeDefault: { what: 'a volume in memory at `/dev/shm`, with a size derived from the memory limit' },
  ...eachDatabase(function* (server) {
    const { image, container } = server;
    if (usesSharedMemory(image, container) && !mountAt(container, '/dev/shm')) {
      yield {
        at: [...container.at, 'volumeMounts'],
        severity: isUnconfigured(server) || isSmall(container) ? 'info' : 'warning',
        message:
          `${image.title} in container '${container.name}' only has the 64Mi of shared memory that the container ` +
          'runtime provides.',
      };
    }
  }),
};

/** Whether the memory limit, which shared memory counts toward, leaves no room for more of it. */
function isSmall({ content }: Container): boolean {
  const limit = parseQuantity(at(content, 'resources', 'limits', 'memory'));
  return limit !== undefined && limit < 2 * 64 * 2 ** 20;
}

function usesSharedMemory({ sharedMemorySetting }: DatabaseImage, container: Container): boolean {
  return (
    sharedMemorySetting !== undefined &&
    !new RegExp(`${sharedMemorySetting} ?= ?(?:mmap|sysv)`).test(commandLine(container))
  );
}
