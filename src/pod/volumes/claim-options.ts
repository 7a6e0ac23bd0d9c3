import type { ApiObjectMetadata, Size } from 'cdk8s';
import type { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { checkArgument, PropTable, required, optional } from '../../checks/props';

/**
 * The initial content of a new volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class VolumeDataSource {
  /**
   * The content of a VolumeSnapshot.
   *
   * @param snapshotName the name of the VolumeSnapshot, in the namespace of the claim
   */
  public static fromSnapshotName(snapshotName: string): VolumeDataSource {
    checkArgument('VolumeDataSource.fromSnapshotName', 'snapshotName', snapshotName, '"orders-2026-01-01"');
    return new VolumeDataSource('VolumeSnapshot', snapshotName);
  }

  /**
   * A copy of the volume of another PersistentVolumeClaim.
   *
   * @param claimName the name of the PersistentVolumeClaim, in the namespace of the claim
   */
  public static fromClaimName(claimName: string): VolumeDataSource {
    checkArgument('VolumeDataSource.fromClaimName', 'claimName', claimName, '"data-orders-0"');
    return new VolumeDataSource('PersistentVolumeClaim', claimName);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'VolumeSnapshot' | 'PersistentVolumeClaim',
    /** @internal */
    public readonly _name: string,
  ) {}
}

/** Options of a provisioned claim. None of them can change once the claim exists. */
export interface ProvisionedClaimOptions {
  /**
   * The name of the storage class. An empty string selects existing PersistentVolumes without a class.
   *
   * @default - the default storage class of the cluster
   */
  readonly storageClassName?: string;

  /**
   * The access mode. Unless the claim is shared, only the modes for a single node are accepted: `READ_WRITE_ONCE` (pods
   * on one node) and `READ_WRITE_ONCE_POD` (one pod, if the storage driver supports it).
   *
   * @default - READ_WRITE_MANY for a shared claim; otherwise READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Labels that select existing PersistentVolumes.
   *
   * @default - any PersistentVolume
   */
  readonly selector?: Record<string, string>;

  /**
   * The initial content.
   *
   * @default - empty
   */
  readonly dataSource?: VolumeDataSource;

  /**
   * The labels and annotations of the claim, and the name of a claim that is not created for each pod or replica. Set
   * the name of a claim that several workloads share: otherwise it contains the name of the first of them.
   *
   * @default - the labels of the workload, and the names of workload and volume
   */
  readonly metadata?: ApiObjectMetadata;
}

/** Options of a new claim. */
export interface NewClaimOptions extends ProvisionedClaimOptions {
  /** The size. It can grow later if the storage class allows it, but cannot shrink. */
  readonly size: Size;
}

export const PROVISIONED_CLAIM: PropTable<ProvisionedClaimOptions> = {
  storageClassName: optional('string'),
  accessMode: optional('string'),
  selector: optional('string{}'),
  dataSource: optional('VolumeDataSource'),
  metadata: optional('any{}'),
};

export const NEW_CLAIM: PropTable<NewClaimOptions> = {
  ...PROVISIONED_CLAIM,
  size: required('Size.gibibytes(10)'),
};
