import { IDENTITY_DRIVERS } from '../../facts/csi-drivers';
import { text } from '../../inspect/json';
import { outlivesPod } from '../../inspect/volume-life';
import { eachPodWith, Rule } from '../rule';

export const csiVolumeHasClaim: Rule<'csi-volume-has-claim'> = {
  id: 'csi-volume-has-claim',
  summary: 'Storage of a CSI driver belongs to a claim.',
  rationale:
    'A volume that the pod describes itself is deleted with the pod, has no capacity that the cluster tracks, and ' +
    'passes the parameters of its author to the driver.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes',
  fix: {
    construct: "Use 'PodVolume.newClaim', or 'PodVolume.ephemeralClaim' for files that can be lost with the pod.",
    yaml: "Use a claim, or a volume of type 'ephemeral' for files that can be lost with the pod.",
  },
  ...eachPodWith(['csi'], function* (pod) {
    for (const volume of pod.volumes.filter(({ type }) => type === 'csi')) {
      const driver = text(volume.source.driver) ?? '';
      const isWritten = pod.containers.some(({ mounts }) =>
        mounts.some(mount => mount.volume === volume.name && !mount.readOnly),
      );
      if (isWritten && volume.source.readOnly !== true && !IDENTITY_DRIVERS.includes(driver) && !outlivesPod(volume)) {
        yield {
          at: volume.at,
          message: `Volume '${volume.name}' of the CSI driver '${driver}' has no claim, and is deleted with the pod.`,
        };
      }
    }
  }),
};
