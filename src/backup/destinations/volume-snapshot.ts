/** The fate of the data of a snapshot whose VolumeSnapshot is deleted, for example with its namespace. */
export enum VolumeSnapshotDeletionPolicy {
  /** The storage system keeps the data. */
  RETAIN = 'Retain',
  /** The storage system deletes the data. */
  DELETE = 'Delete',
}

/** Options of `BackupDestination.volumeSnapshot`. */
export interface VolumeSnapshotBackupDestinationOptions {
  /** The name of the VolumeSnapshotClass, whose driver must be that of the volume of the database. */
  readonly snapshotClassName: string;

  /**
   * The deletion policy of the class.
   *
   * With `RETAIN`, a backup fails if the class has another policy. A ClusterRole permits the pods to read the class,
   * and to change the policy of any snapshot in the cluster, so that old backups can be deleted. With `DELETE`, an
   * accident with the namespace deletes all backups.
   *
   * @default VolumeSnapshotDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: VolumeSnapshotDeletionPolicy;

  /**
   * The StorageClass of the volume that a trial creates from a snapshot.
   *
   * @default - the class of the storage of the database
   */
  readonly storageClassName?: string;
}
