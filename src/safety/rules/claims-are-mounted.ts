import { at, list } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodWith, Rule } from '../rule';

const CLAIM_TYPES = ['volumeClaimTemplate', 'persistentVolumeClaim', 'ephemeral'] as const;

export const claimsAreMounted: Rule<'claims-are-mounted'> = {
  id: 'claims-are-mounted',
  summary: 'A container mounts each claim of its pod.',
  rationale: 'A disk that no container mounts is paid for and stays empty, and the data is written somewhere else.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates',
  fix: {
    construct: "Mount the claim with 'PodVolume.claimPerReplica' or 'PodVolume.newClaim'.",
    yaml: "Add the volume to 'volumeMounts' of the container that writes the data, or remove it.",
  },
  ...eachPodWith(CLAIM_TYPES, function* (pod) {
    const used = usedVolumes(pod);
    for (const { name, type, at: path } of pod.volumes) {
      if ((CLAIM_TYPES as readonly string[]).includes(type) && !used.has(name)) {
        const kind = type === 'volumeClaimTemplate' ? 'claim template' : 'claim of volume';
        yield { at: path, message: `No container mounts the ${kind} '${name}'.` };
      }
    }
  }),
};

function usedVolumes({ containers }: Pod): Set<unknown> {
  return new Set(
    containers.flatMap(({ mounts, content }) => [
      ...mounts.map(({ volume }) => volume),
      ...list(content.volumeDevices).map(device => at(device, 'name')),
    ]),
  );
}
