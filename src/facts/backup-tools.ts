/** A kind of object with which a program backs up volumes or databases. */
export interface BackupKind {
  readonly group: string;
  readonly kind: string;
  /** The path of the name of the claim; omitted if the object selects by labels or annotations. */
  readonly claim?: readonly string[];
  /** The paths of the namespaces that it backs up: all if none is set. If omitted, it backs up its own namespace. */
  readonly namespaces?: readonly (readonly string[])[];
}

const ownNamespace = (group: string, ...kinds: readonly string[]): BackupKind[] => kinds.map(kind => ({ group, kind }));

const INCLUDED = 'includedNamespaces';

/**
 * The kinds of objects that back up volumes or databases of others.
 *
 * @see https://velero.io/docs/main/api-types/
 * @see https://docs.k8up.io/k8up/references/api-reference.html
 * @see https://stash.run/docs/latest/concepts/crds/
 * @see https://longhorn.io/docs/latest/snapshots-and-backups/scheduled-backups/
 * @see https://volsync.readthedocs.io/en/stable/usage/index.html
 * @see https://docs.kasten.io/latest/api/policies/
 */
export const BACKUP_KINDS: readonly BackupKind[] = [
  { group: 'velero.io', kind: 'Schedule', namespaces: [['spec', 'template', INCLUDED]] },
  { group: 'velero.io', kind: 'Backup', namespaces: [['spec', INCLUDED]] },
  ...ownNamespace('k8up.io', 'Schedule', 'Backup'),
  ...ownNamespace('backup.appuio.ch', 'Schedule', 'Backup'),
  ...ownNamespace('stash.appscode.com', 'BackupConfiguration', 'BackupBatch'),
  ...ownNamespace('core.kubestash.com', 'BackupConfiguration'),
  { group: 'longhorn.io', kind: 'RecurringJob', namespaces: [] },
  { group: 'volsync.backube', kind: 'ReplicationSource', claim: ['spec', 'sourcePVC'] },
  ...ownNamespace('snapscheduler.backube', 'SnapshotSchedule'),
  {
    group: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    claim: ['spec', 'source', 'persistentVolumeClaimName'],
  },
  ...ownNamespace('groupsnapshot.storage.k8s.io', 'VolumeGroupSnapshot'),
  {
    group: 'gemini.fairwinds.com',
    kind: 'SnapshotGroup',
    claim: ['spec', 'persistentVolumeClaim', 'claimName'],
  },
  { group: 'config.kio.kasten.io', kind: 'Policy', namespaces: [] },
  ...ownNamespace('cr.kanister.io', 'ActionSet'),
  ...ownNamespace('stork.libopenstorage.org', 'ApplicationBackup', 'ApplicationBackupSchedule'),
  ...ownNamespace('stork.libopenstorage.org', 'VolumeSnapshotSchedule'),
  ...ownNamespace('triliovault.trilio.io', 'Backup', 'BackupPlan'),
  ...ownNamespace('dataprotection.kubeblocks.io', 'Backup', 'BackupSchedule'),
  ...ownNamespace('gkebackup.gke.io', 'ProtectedApplication'),
];

/** Keys of annotations and labels that tell a program to back up a volume: `backup.velero.io/backup-volumes`. */
export const BACKUP_KEY = /backup|snapshot|restic|stash|recurring-?job/i;

/** Parameters of a StorageClass that tell its driver to back up each volume. */
export const BACKUP_PARAMETER = /recurring-?job/i;

/** Keys of annotations and labels that tell a program to leave out a volume. */
export const EXCLUSION_KEY = /exclude|skip|disable|ignore/i;

/** Values of annotations, labels and variables that switch a program off. */
export const OFF_VALUE = /^(?:false|no|off|0|disabled?|none)?$/i;

/** The programs that archive the log of a database or copy its files, as in its settings. */
export const ARCHIVERS = /\b(?:wal-[ge]|pgbackrest|barman|litestream|restic|borg|kopia|xtrabackup)\b/;

/** The names of images that back up data: `prodrigestivill/postgres-backup-local`. */
export const BACKUP_IMAGE = /backup|restic|borg|kopia|duplicity|rclone|wal-?g|pgbackrest|barman|litestream|dump/i;

/** The names of variables that configure a backup: `BACKUP_SCHEDULE`, `USE_WALG_BACKUP`, `WAL_S3_BUCKET`. */
export const BACKUP_VARIABLE = /BACKUP|WALG|WALE|WAL_S3|WAL_GS|PGBACKREST|LITESTREAM|RESTIC/;
