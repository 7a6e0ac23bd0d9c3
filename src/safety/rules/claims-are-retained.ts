import { at, list } from '../../inspect/json';
import type { Rule } from '../rule';

export const claimsAreRetained: Rule<'claims-are-retained'> = {
  id: 'claims-are-retained',
  summary: 'claims outlive the StatefulSet and its replicas',
  rationale: 'whoever deletes the StatefulSet, or scales it down, deletes the data',
  severity: 'error',
  documentationUrl:
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "set 'persistentVolumeClaimRetentionPolicy' to 'Retain' twice, or leave it out",
  },
  safeDefault: { what: '`Retain`, twice' },
  check: inventory =>
    inventory.ofKind('StatefulSet').flatMap(object =>
      ['whenDeleted', 'whenScaled']
        .filter(
          when =>
            at(object.content, 'spec', 'persistentVolumeClaimRetentionPolicy', when) === 'Delete' &&
            list(at(object.content, 'spec', 'volumeClaimTemplates')).length > 0,
        )
        .slice(0, 1)
        .map(when => ({
          object,
          at: ['spec', 'persistentVolumeClaimRetentionPolicy', when],
          message: `its claims are deleted ${when === 'whenDeleted' ? 'with it' : 'when it is scaled down'}`,
        })),
    ),
};
