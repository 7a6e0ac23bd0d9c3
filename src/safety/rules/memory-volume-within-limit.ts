import { at } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { memoryOverflow } from '../../predicates/overflow';
import { eachPod, Rule } from '../rule';

export const memoryVolumeWithinLimit: Rule<'memory-volume-within-limit'> = {
  id: 'memory-volume-within-limit',
  summary: 'volumes in memory fit into the memory limit of their containers',
  rationale: "what is written there counts as the container's memory, which is killed before the volume is full",
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: {
    construct: "raise 'resources.memory.limit', or make the volumes smaller",
    yaml: "raise 'resources.limits.memory' above the sum of the 'sizeLimit's of medium 'Memory'",
  },
  safeDefault: { what: 'volumes that do not fit are refused' },
  ...eachPod(function* (pod) {
    const memory = pod.volumes
      .filter(({ type, source }) => type === 'emptyDir' && source.medium === 'Memory')
      .map(({ name, source }) => ({ name, size: parseQuantity(source.sizeLimit) ?? 0 }));
    for (const { name, content, mounts, at: here } of pod.containers) {
      const limits = [content, pod.spec].flatMap(of => parseQuantity(at(of, 'resources', 'limits', 'memory')) ?? []);
      const written = new Set(mounts.filter(({ readOnly }) => !readOnly).map(({ volume }) => volume));
      const over = memoryOverflow(
        memory.filter(volume => written.has(volume.name)),
        limits,
      );
      if (over) {
        yield {
          at: [...here, 'resources', 'limits', 'memory'],
          message:
            `the volumes in memory of container '${name}' may hold ${formatBytes(over.held)}, more than its limit ` +
            `of ${formatBytes(over.allowed)}`,
        };
      }
    }
  }),
};
