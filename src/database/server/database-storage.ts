import type { ApiObjectMetadata, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { checkLabels, checkObjectName, checkSize, kibibytes, quantity, checkMetadata } from '../../checks/values';

/**
 * What a new volume begins with: a snapshot, or a copy of another claim.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class VolumeDataSource {
  /**
   * A VolumeSnapshot.
   *
   * @param snapshotName its name, in the same namespace
   */
  public static fromSnapshotName(snapshotName: string): VolumeDataSource {
    return new VolumeDataSource('VolumeSnapshot', snapshotName);
  }

  /**
   * A copy of a PersistentVolumeClaim.
   *
   * @param claimName its name, in the same namespace
   */
  public static fromClaimName(claimName: string): VolumeDataSource {
    return new VolumeDataSource('PersistentVolumeClaim', claimName);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'VolumeSnapshot' | 'PersistentVolumeClaim',
    /** @internal */
    public readonly _name: string,
  ) {}
}

const ONE_NODE = [PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_WRITE_ONCE_POD];

/** How the volumes of a database are provisioned. All of it is fixed once they are. */
export interface ProvisionedStorageOptions {
  /**
   * The storage class.
   *
   * @default - the cluster's default
   */
  readonly storageClassName?: string;

  /**
   * Who may mount the volume: `READ_WRITE_ONCE`, the pods of one node, or `READ_WRITE_ONCE_POD`, one pod, where its
   * driver supports that. The others are refused: servers that share files destroy them.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * The labels of the PersistentVolumes to choose from, where none is provisioned.
   *
   * @default - any
   */
  readonly selector?: Record<string, string>;

  /**
   * What it begins with.
   *
   * @default - nothing
   */
  readonly dataSource?: VolumeDataSource;

  /**
   * Labels and annotations of the claims.
   *
   * @default - those that select the pods
   */
  readonly metadata?: ApiObjectMetadata;
}

/** How an existing claim is used. */
export interface ExistingClaimOptions {
  /**
   * The directory of the claim that holds the data. `.` is its root.
   *
   * @default - the engine's own directory, which is made if it is not there
   */
  readonly directory?: string;
}

/**
 * Where a database keeps its data.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class DatabaseStorage {
  /**
   * A volume of its own for each replica, which outlives pods, replicas, the StatefulSet and the manifest.
   *
   * @param size its size. To make it larger later, see the page on databases; it never becomes smaller
   * @param options class, selector and source
   */
  public static provisioned(size: Size, options: ProvisionedStorageOptions = {}): DatabaseStorage {
    return new DatabaseStorage(size, options, undefined, {});
  }

  /**
   * A claim that exists, for a single replica.
   *
   * @param claimName the name of the PersistentVolumeClaim
   * @param options the directory of the data
   */
  public static fromClaimName(claimName: string, options: ExistingClaimOptions = {}): DatabaseStorage {
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
      checkObjectName(scope, "the claim's name", this._claimName);
      const { directory } = this._existing;
      if (directory !== undefined && !/^(\.|[A-Za-z0-9_][-\w.]*(\/[A-Za-z0-9_][-\w.]*)*)$/.test(directory)) {
        fail(
          scope,
          `The directory '${directory}' is not one below the claim's root.`,
          "Write it without '/' at its ends and without '..', or '.' for the root.",
        );
      }
      return;
    }
    if (kibibytes(checkSize(scope, 'the storage', this._size!)) < kibibytes(minimum)) {
      fail(
        scope,
        `Its storage is ${quantity(this._size!)}, less than the ${quantity(minimum)} that ${engine} ` + 'needs.',
        'Make it larger.',
      );
    }
    const { accessMode, storageClassName, selector, dataSource, metadata } = this.options;
    if (accessMode !== undefined && !ONE_NODE.includes(accessMode)) {
      fail(
        scope,
        `'accessMode' is ${accessMode}, with which several servers could write to the same files and ` +
          'destroy them.',
        `Choose ${listed(ONE_NODE, 'or')}.`,
      );
    }
    if (storageClassName !== undefined) {
      checkObjectName(scope, 'the storage class', storageClassName);
    }
    if (dataSource) {
      checkObjectName(scope, `the ${dataSource._kind} of 'dataSource'`, dataSource._name);
    }
    checkLabels(scope, "a label of 'selector'", selector);
    checkMetadata(scope, metadata);
  }

  /**
   * The claim template of a StatefulSet, which cannot be changed: so it has no labels that may change, such as a
   * version.
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
