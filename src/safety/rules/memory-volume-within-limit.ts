import { at } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { memoryOverflow } from '../../predicates/overflow';
import { eachPodWith, Rule } from '../rule';

export const memoryVolumeWithinLimit: Rule<'memory-volume-within-limit'> = {
  id: 'memory-volume-within-limit',
  summary: 'Memory-backed volumes fit into the memory limit of the containers that write to them.',
  rationale: 'The files count as memory of the container, which is killed before the volume is full.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: {
    construct: "Raise 'resources.memory.limit', or lower the size limit of the volumes.",
    yaml: "Raise 'resources.limits.memory' above the sum of the 'sizeLimit's of the volumes with 'medium: Memory'.",
  },
  safeDefault: { what: 'an error if the volumes do not fit' },
  ...eachPodWith(['medium'], function* (pod) {
    const volumes = pod.volumes
      .filter(({ type, source }) => type === 'emptyDir' && source.medium === 'Memory')
      .map(({ name, source }) => ({ name, size: parseQuantity(source.sizeLimit) ?? 0 }));
    for (const container of pod.containers) {
      const limits = [container.content, pod.spec].flatMap(
        spec => parseQuantity(at(spec, 'resources', 'limits', 'memory')) ?? [],
      );
      const writable = new Set(container.mounts.filter(({ readOnly }) => !readOnly).map(({ volume }) => volume));
      const written = volumes.filter(({ name }) => writable.has(name));
      const overflow = memoryOverflow(written, limits);
      if (overflow) {
        yield {
          at: [...container.at, 'resources', 'limits', 'memory'],
          message:
            `The memory-backed volumes of container '${container.name}' can grow to ${formatBytes(overflow.held)}, ` +
            `but its memory limit is ${formatBytes(overflow.allowed)}.`,
        };
      }
    }
  }),
};
