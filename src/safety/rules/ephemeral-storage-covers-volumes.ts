import { at } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { diskOverflow } from '../../predicates/overflow';
import { eachPod, Rule } from '../rule';

export const ephemeralStorageCoversVolumes: Rule<'ephemeral-storage-covers-volumes'> = {
  id: 'ephemeral-storage-covers-volumes',
  summary: 'a pod may use as much ephemeral storage as its volumes may hold',
  rationale: 'it is evicted before its volumes are full, and loses what is in them',
  severity: 'error',
  documentationUrl:
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
  fix: {
    construct: "leave the default in place, or raise 'resources.ephemeralStorage.limit'",
    yaml: "raise 'resources.limits.ephemeral-storage' above the sum of the 'sizeLimit's",
  },
  safeDefault: { what: "a limit of the volumes' sizes and 128Mi more" },
  ...eachPod(function* (pod) {
    const containers = pod.containers.map(({ role, content }) => ({
      role,
      limit: parseQuantity(at(content, 'resources', 'limits', 'ephemeral-storage')),
    }));
    const disk = pod.volumes
      .filter(({ type, source }) => type === 'emptyDir' && source.medium !== 'Memory')
      .map(({ name, source }) => ({ name, size: parseQuantity(source.sizeLimit) ?? 0 }));
    const over = diskOverflow(disk, containers);
    if (over) {
      const names = disk.map(({ name }) => name).join(' + ');
      yield {
        at: [...pod.at, 'volumes'],
        message:
          `its volumes may hold ${formatBytes(over.held)} (${names}), more than the ${formatBytes(over.allowed)} ` +
          'of ephemeral storage that the pod may use',
      };
    }
  }),
};
