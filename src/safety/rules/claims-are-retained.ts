import { at, list } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Rule } from '../rule';

/** The fields of the retention policy, with what deletes the claims. */
const EVENTS = [
  { field: 'whenDeleted', event: 'the StatefulSet is deleted' },
  { field: 'whenScaled', event: 'the StatefulSet is scaled down' },
] as const;

export const claimsAreRetained: Rule<'claims-are-retained'> = {
  id: 'claims-are-retained',
  summary: 'Claims outlive the StatefulSet and its replicas.',
  rationale: 'With the policy `Delete`, deleting or scaling down the StatefulSet deletes the data.',
  severity: 'error',
  profile: 'storage',
  documentationUrl:
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  fix: {
    construct: "Use 'PodVolume.claimPerReplica' or a 'StatefulDatabase'.",
    yaml:
      "Set 'whenDeleted' and 'whenScaled' in 'persistentVolumeClaimRetentionPolicy' to 'Retain', or remove the " +
      'policy.',
  },
  safeDefault: { what: '`whenDeleted: Retain` and `whenScaled: Retain`' },
  check: inventory =>
    inventory.ofKind('StatefulSet').flatMap(object => {
      const deletion = hasClaimTemplates(object) && EVENTS.find(({ field }) => policyOf(object, field) === 'Delete');
      return deletion
        ? [
            {
              object,
              at: ['spec', 'persistentVolumeClaimRetentionPolicy', deletion.field],
              message: `The claims are deleted when ${deletion.event}.`,
            },
          ]
        : [];
    }),
};

function hasClaimTemplates({ content }: ManifestObject): boolean {
  return list(at(content, 'spec', 'volumeClaimTemplates')).length > 0;
}

function policyOf({ content }: ManifestObject, field: string): unknown {
  return at(content, 'spec', 'persistentVolumeClaimRetentionPolicy', field);
}
