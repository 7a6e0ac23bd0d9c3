import { isWithin } from '../../checks/paths';
import type { Inventory } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { databaseUse } from '../../predicates/class-use';
import { NO_PROVISIONER } from '../../predicates/volumes-of-claim';
import type { Problem, Rule } from '../rule';

export const volumesAreRetained: Rule<'volumes-are-retained'> = {
  id: 'volumes-are-retained',
  summary: 'Volumes of databases, volumes created by hand, and snapshots outlive their claims.',
  rationale: 'With the policy `Delete` or `Recycle`, deleting the claim or the snapshot object deletes the data.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaim-policy',
  fix: {
    construct: "Use a StorageClass with 'reclaimPolicy: Retain' in 'storage' of the database.",
    yaml: "Set 'Retain' in 'reclaimPolicy', 'persistentVolumeReclaimPolicy' or 'deletionPolicy'.",
  },
  check: inventory => [
    ...inventory.ofKind('PersistentVolume').flatMap(problemOfVolume),
    ...inventory.ofKind('VolumeSnapshotClass').flatMap(problemOfSnapshots),
    ...problemsOfClasses(inventory),
  ],
};

function problemOfVolume(object: ManifestObject): Problem[] {
  const policy = at(object.content, 'spec', 'persistentVolumeReclaimPolicy');
  const isProvisioned = at(object.content, 'metadata', 'annotations', 'pv.kubernetes.io/provisioned-by') !== undefined;
  const isDeleted = policy === 'Recycle' || (policy === 'Delete' && !hasNoDeleter(object));
  return !isProvisioned && isDeleted
    ? [
        {
          object,
          at: ['spec', 'persistentVolumeReclaimPolicy'],
          message:
            `The volume was created by hand, and its data is deleted with its claim, because its policy is ` +
            `'${policy}'.`,
        },
      ]
    : [];
}

/**
 * The types of volumes that Kubernetes cannot delete. It marks such a volume as failed, and keeps the data.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#delete
 */
const UNDELETABLE_TYPES = ['cephfs', 'fc', 'glusterfs', 'iscsi', 'local', 'nfs'];

/** Whether no program deletes the data of a volume. Kubernetes only deletes directories of a node below `/tmp`. */
function hasNoDeleter({ content }: ManifestObject): boolean {
  const directory = text(at(content, 'spec', 'hostPath', 'path'));
  return (
    UNDELETABLE_TYPES.some(type => at(content, 'spec', type) !== undefined) ||
    // the driver of Ceph refuses to delete a static volume
    at(content, 'spec', 'csi', 'volumeAttributes', 'staticVolume') === 'true' ||
    (directory !== undefined && !isWithin(directory, '/tmp'))
  );
}

function problemOfSnapshots(object: ManifestObject): Problem[] {
  return object.content.deletionPolicy === 'Delete'
    ? [
        {
          object,
          at: ['deletionPolicy'],
          message: `A snapshot of the class '${object.name}' is deleted with its object or namespace.`,
          // other snapshots are mostly temporary copies
          severity: BACKUP_CLASS.test(object.name) || isOfVelero(object) ? undefined : 'info',
        },
      ]
    : [];
}

/**
 * Whether Velero takes backups with a class, by its label.
 *
 * @see https://velero.io/docs/v1.17/csi/
 */
function isOfVelero({ content }: ManifestObject): boolean {
  return at(content, 'metadata', 'labels', 'velero.io/csi-volumesnapshot-class') === 'true';
}

/** Names of classes whose snapshots are backups. */
const BACKUP_CLASS =
  /(?:^|[-.])(?:backups?|archives?|velero|hourly|daily|nightly|weekly|monthly|yearly|retain(?:ed)?)(?:[-.]|$)/;
/** Names of classes that are expected to retain their volumes. */
const RETAIN_CLASS = /(?:^|[-.])retain(?:ed)?(?:[-.]|$)/;

function problemsOfClasses(inventory: Inventory): Problem[] {
  // volumes that were created by hand have a policy of their own
  const classes = inventory
    .ofKind('StorageClass')
    .filter(({ content }) => content.reclaimPolicy !== 'Retain' && content.provisioner !== NO_PROVISIONER);
  return classes.flatMap((object): Problem[] => {
    const use =
      databaseUse(object, inventory) ??
      (RETAIN_CLASS.test(object.name) ? 'promises by its name to retain volumes' : undefined);
    return use === undefined
      ? []
      : [
          {
            object,
            at: ['reclaimPolicy'],
            message: `The class '${object.name}' ${use}, but its volumes are deleted with their claims.`,
          },
        ];
  });
}
