import type { DatabaseImage } from '../../facts/images/database-image';
import { commandLine, DatabaseServer, databaseServers, mountAt } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import { at } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { parseQuantity } from '../../inspect/quantity';
import { claimsOfPod } from '../../predicates/claims-of-pod';
import { isUnconfigured } from '../../predicates/is-unconfigured';
import { eachPodAmong, Rule } from '../rule';

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
  ...eachPodAmong(function* (pod, inventory) {
    for (const server of databaseServers(pod)) {
      const { image, container } = server;
      if (usesSharedMemory(image, container) && !mountAt(container, '/dev/shm')) {
        yield {
          at: [...container.at, 'volumeMounts'],
          severity: isUnconfigured(server) || isSmall(server, inventory) ? 'info' : 'warning',
          message:
            `${image.title} in container '${container.name}' only has the 64Mi of shared memory that the container ` +
            'runtime provides.',
        };
      }
    }
  }),
};

/** The smallest claim of a database whose queries are expected to need more shared memory. */
const LARGE_CLAIM = 10 * 2 ** 30;

/**
 * Whether the memory limit, which shared memory counts toward, leaves no room for more of it, or the claim is for few
 * data, which a query reads without workers.
 */
function isSmall({ container, pod, dataPath }: DatabaseServer, inventory: Inventory): boolean {
  const limit = parseQuantity(at(container.content, 'resources', 'limits', 'memory'));
  const mounted = mountAt(container, dataPath)?.volume;
  const claim = claimsOfPod(pod, inventory).find(({ volume }) => volume.name === mounted);
  const size = parseQuantity(at(claim?.content, 'spec', 'resources', 'requests', 'storage'));
  return (limit !== undefined && limit < 2 * 64 * 2 ** 20) || (size !== undefined && size < LARGE_CLAIM);
}

function usesSharedMemory({ sharedMemorySetting }: DatabaseImage, container: Container): boolean {
  return (
    sharedMemorySetting !== undefined &&
    !new RegExp(`${sharedMemorySetting} ?= ?(?:mmap|sysv)`).test(commandLine(container))
  );
}
