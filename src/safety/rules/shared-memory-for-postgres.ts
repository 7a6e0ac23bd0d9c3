import { mountAt } from '../../inspect/databases';
import { eachDatabase, Rule } from '../rule';

export const sharedMemoryForPostgres: Rule<'shared-memory-for-postgres'> = {
  id: 'shared-memory-for-postgres',
  summary: 'PostgreSQL has more shared memory than 64Mi',
  rationale: 'parallel queries fail: could not resize shared memory segment',
  severity: 'warning',
  documentationUrl: 'https://github.com/CrunchyData/postgres-operator/issues/2640',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "mount an 'emptyDir' with 'medium: Memory' and a 'sizeLimit' at '/dev/shm'",
  },
  safeDefault: { what: 'a volume in memory at `/dev/shm`, its size from the memory limit' },
  ...eachDatabase(function* ({ image, container }) {
    const words = [...container.command, ...container.args].join(' ');
    if (
      image.id === 'postgresql' &&
      !mountAt(container, '/dev/shm') &&
      !/dynamic_shared_memory_type ?= ?(?:mmap|sysv)/.test(words)
    ) {
      yield {
        at: [...container.at, 'volumeMounts'],
        message: `PostgreSQL in container '${container.name}' has the 64Mi of shared memory that the runtime gives`,
      };
    }
  }),
};
