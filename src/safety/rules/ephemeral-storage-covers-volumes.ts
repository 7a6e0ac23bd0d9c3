import { at } from '../../inspect/json';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { diskOverflow } from '../../predicates/overflow';
import { eachPod, Rule } from '../rule';

export const ephemeralStorageCoversVolumes: Rule<'ephemeral-storage-covers-volumes'> = {
  id: 'ephemeral-storage-covers-volumes',
  summary: 'The ephemeral storage limit of a pod covers the size limits of its volumes.',
  rationale: 'Otherwise the kubelet evicts the pod before its volumes are full, and their data is lost.',
  severity: 'error',
  profile: 'storage',
  documentationUrl:
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
  fix: {
    construct: "Keep the default, or raise 'resources.ephemeralStorage.limit'.",
    yaml: "Raise 'resources.limits.ephemeral-storage' above the sum of the size limits of the volumes.",
  },
  safeDefault: { what: 'a limit of the size limits of the volumes plus 128Mi' },
  ...eachPod(function* (pod) {
    const containers = pod.containers.map(({ role, content }) => ({
      role,
      limit: parseQuantity(at(content, 'resources', 'limits', 'ephemeral-storage')),
    }));
    const volumes = pod.volumes
      .filter(({ type, source }) => type === 'emptyDir' && !source.medium)
      .map(({ name, source }) => ({ name, size: parseQuantity(source.sizeLimit) ?? 0 }));
    const overflow = diskOverflow(volumes, containers);
    if (overflow) {
      const names = volumes.map(({ name }) => name).join(' + ');
      yield {
        at: [...pod.at, 'volumes'],
        message:
          `The volumes can grow to ${formatBytes(overflow.held)} (${names}), but the ephemeral storage of the pod is ` +
          `limited to ${formatBytes(overflow.allowed)}.`,
      };
    }
  }),
};
