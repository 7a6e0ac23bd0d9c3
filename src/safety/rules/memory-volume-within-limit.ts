import { at } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachPod, Rule } from '../rule';

export const memoryVolumeWithinLimit: Rule = {
  id: 'memory-volume-within-limit',
  summary: 'volumes in memory fit into the memory limit of their containers',
  why: 'what is written there counts as the container\'s memory, which is killed before the volume is full',
  severity: 'error',
  see: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: {
    construct: 'raise \'resources.memory.limit\', or make the volumes smaller',
    yaml: 'raise \'resources.limits.memory\' above the sum of the \'sizeLimit\'s of medium \'Memory\'',
  },
  safeDefault: { what: 'volumes that do not fit are refused' },
  ...eachPod(function* (pod) {
    const sizes = new Map(pod.volumes.filter(({ type, source }) => type === 'emptyDir' && source.medium === 'Memory')
      .map(({ name, source }) => [name, parseQuantity(source.sizeLimit) ?? 0]));
    for (const { name, content, mounts, at: here } of pod.containers) {
      const limits = [content, pod.spec].flatMap(of => parseQuantity(at(of, 'resources', 'limits', 'memory')) ?? []);
      const written = new Set(mounts.filter(({ readOnly }) => !readOnly).map(({ volume }) => volume));
      const sum = [...written].reduce((total, volume) => total + (sizes.get(volume) ?? 0), 0);
      if (limits.length > 0 && sum > Math.min(...limits)) {
        yield { at: [...here, 'resources', 'limits', 'memory'], message: `the volumes in memory of container '${name}' may hold ${formatBytes(sum)}, more than its limit of ${formatBytes(Math.min(...limits))}` };
      }
    }
  }),
};
