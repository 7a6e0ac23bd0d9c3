import type { ApiObjectMetadata, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { checkArgument, checkProps, OPTIONAL, PropTable } from '../../checks/props';
import { checkLabels, checkMetadata, checkObjectName, checkSize, kibibytes, quantity } from '../../checks/values';

/**
 * The initial content of a new volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class VolumeDataSource {
  /**
   * The content of a VolumeSnapshot.
   *
   * @param snapshotName the name of the VolumeSnapshot, in the namespace of the database
   */
  public static fromSnapshotName(snapshotName: string): VolumeDataSource {
    checkArgument('VolumeDataSource.fromSnapshotName', 'snapshotName', snapshotName, '"orders-2026-01-01"');
    return new VolumeDataSource('VolumeSnapshot', snapshotName);
  }

  /**
   * A copy of the volume of another PersistentVolumeClaim.
   *
   * @param claimName the name of the PersistentVolumeClaim, in the namespace of the database
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

/** The access modes that do not admit pods on several nodes. */
const SINGLE_NODE = [PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_WRITE_ONCE_POD];

/** Options of provisioned storage. None of them can change once the volumes exist. */
export interface ProvisionedStorageOptions {
  /**
   * The name of the storage class.
   *
   * @default - the default storage class of the cluster
   */
  readonly storageClassName?: string;

  /**
   * The access mode: `READ_WRITE_ONCE` (pods on one node) or `READ_WRITE_ONCE_POD` (one pod, if the storage driver
   * supports it). Other access modes are refused, because several servers on the same files destroy the data.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Labels that select existing PersistentVolumes.
   *
   * @default - any PersistentVolume
   */
  readonly selector?: Record<string, string>;

  /**
   * The initial content of the volumes.
   *
   * @default - empty
   */
  readonly dataSource?: VolumeDataSource;

  /**
   * Labels and annotations of the claims.
   *
   * @default - the labels that select the pods
   */
  readonly metadata?: ApiObjectMetadata;
}

/** Options of an existing claim. */
export interface ExistingClaimOptions {
  /**
   * The directory of the claim that contains the data. `.` is the root of the claim.
   *
   * @default - the engine's directory, which is created if it does not exist
   */
  readonly directory?: string;
}

const PROVISIONED: PropTable<ProvisionedStorageOptions> = {
  storageClassName: OPTIONAL,
  accessMode: OPTIONAL,
  selector: OPTIONAL,
  dataSource: OPTIONAL,
  metadata: OPTIONAL,
};
const EXISTING_CLAIM: PropTable<ExistingClaimOptions> = { directory: OPTIONAL };

/**
 * The storage of a database's data.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class DatabaseStorage {
  /**
   * A new volume for each replica. The volumes remain when pods, replicas, the StatefulSet or the manifest are
   * deleted.
   *
   * @param size the size of each volume. It cannot be reduced; see the docs on databases to increase it later
   * @param options the storage class and other options
   */
  public static provisioned(size: Size, options: ProvisionedStorageOptions = {}): DatabaseStorage {
    checkArgument('DatabaseStorage.provisioned', 'size', size, 'Size.gibibytes(20)');
    checkProps('DatabaseStorage.provisioned', options, PROVISIONED);
    return new DatabaseStorage(size, options, undefined, {});
  }

  /**
   * An existing claim. Only a single replica can use it.
   *
   * @param claimName the name of the PersistentVolumeClaim
   * @param options the directory of the data
   */
  public static fromClaimName(claimName: string, options: ExistingClaimOptions = {}): DatabaseStorage {
    checkArgument('DatabaseStorage.fromClaimName', 'claimName', claimName, '"data-orders-0"');
    checkProps('DatabaseStorage.fromClaimName', options, EXISTING_CLAIM);
    return new DatabaseStorage(undefined, {}, claimName, options);
  }

  private constructor(
    /** @internal */
    public readonly _size: Size | undefined,
    private readonly options: ProvisionedStorageOptions,
    /** @internal */
    public readonly _claimName: string | undefined,
    /** @internal */
    public readonly _existing: ExistingClaimOptions,
  ) {}

  /** @internal */
  public _check(scope: Construct, engine: string, minimum: Size): void {
    if (this._claimName !== undefined) {
      checkObjectName(scope, "the claim of 'storage'", this._claimName);
      checkDirectory(scope, this._existing.directory);
    } else {
      checkStorageSize(scope, this._size!, engine, minimum);
      checkOptions(scope, this.options);
    }
  }

  /**
   * Returns the claim template of a StatefulSet. Kubernetes does not allow changes to it, so it has no labels that can
   * change, such as a version.
   *
   * @internal
   */
  public _claimTemplate(name: string, labels: Record<string, string>): any {
    const { accessMode, storageClassName, selector, dataSource, metadata } = this.options;
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        labels: { ...labels, ...metadata?.labels },
        annotations: metadata?.annotations && { ...metadata.annotations },
      },
      spec: {
        accessModes: [accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE],
        volumeMode: 'Filesystem',
        storageClassName,
        selector: selector && { matchLabels: { ...selector } },
        dataSource: dataSource && {
          apiGroup: dataSource._kind === 'VolumeSnapshot' ? 'snapshot.storage.k8s.io' : undefined,
          kind: dataSource._kind,
          name: dataSource._name,
        },
        resources: { requests: { storage: quantity(this._size!) } },
      },
    };
  }
}

function checkDirectory(scope: Construct, directory?: string): void {
  if (directory !== undefined && !/^(\.|[A-Za-z0-9_][-\w.]*(\/[A-Za-z0-9_][-\w.]*)*)$/.test(directory)) {
    fail(
      scope,
      `'directory' is '${directory}', which is not a relative path on the claim.`,
      "Write it without '/' at its ends and without '..', or use '.' for the root of the claim.",
    );
  }
}

function checkStorageSize(scope: Construct, size: Size, engine: string, minimum: Size): void {
  if (kibibytes(checkSize(scope, "the size of 'storage'", size)) < kibibytes(minimum)) {
    fail(
      scope,
      `The size of 'storage' is ${quantity(size)}, less than the ${quantity(minimum)} that ${engine} needs.`,
      `Set it to ${quantity(minimum)} or more.`,
    );
  }
}

function checkOptions(scope: Construct, options: ProvisionedStorageOptions): void {
  const { accessMode, storageClassName, selector, dataSource, metadata } = options;
  if (accessMode !== undefined && !SINGLE_NODE.includes(accessMode)) {
    fail(
      scope,
      `'accessMode' is '${accessMode}', which allows several servers to write to the same files and destroy them.`,
      `Use ${listed(SINGLE_NODE, 'or')}.`,
    );
  }
  if (storageClassName !== undefined) {
    checkObjectName(scope, "'storageClassName'", storageClassName);
  }
  if (dataSource) {
    checkObjectName(scope, `the ${dataSource._kind} of 'dataSource'`, dataSource._name);
  }
  checkLabels(scope, "'selector'", selector);
  checkMetadata(scope, metadata);
}
