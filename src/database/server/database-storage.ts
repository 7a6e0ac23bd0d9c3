import type { ApiObjectMetadata, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../../checks/fail';
import { checkLabels, checkObjectName, checkSize, kibibytes, quantity, checkMetadata } from '../../checks/values';

/** What a new volume begins with: a snapshot, or the copy of another claim. Give one of the two. */
export interface VolumeDataSource {
  /**
   * The name of a VolumeSnapshot in the same namespace.
   *
   * @default - none
   */
  readonly snapshotName?: string;

  /**
   * The name of a PersistentVolumeClaim in the same namespace.
   *
   * @default - none
   */
  readonly claimName?: string;
}

/** How the volumes of a database are provisioned. All of it is fixed once they are. */
export interface NewVolumeOptions {
  /**
   * The storage class.
   *
   * @default - the cluster's default
   */
  readonly storageClassName?: string;

  /**
   * Whether the volume may be mounted by one pod alone (`ReadWriteOncePod`), even on the same node. Its driver has to
   * support it.
   *
   * @default false
   */
  readonly singlePod?: boolean;

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
  public static newVolume(size: Size, options: NewVolumeOptions = {}): DatabaseStorage {
    return new DatabaseStorage(size, options, undefined, {});
  }

  /**
   * A claim that exists, for a single replica.
   *
   * @param claimName the name of the PersistentVolumeClaim
   * @param options the directory of the data
   */
  public static fromClaim(claimName: string, options: ExistingClaimOptions = {}): DatabaseStorage {
    return new DatabaseStorage(undefined, {}, claimName, options);
  }

  private constructor(
    /** @internal */
    public readonly _size: Size | undefined,
    private readonly options: NewVolumeOptions,
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
          `the directory '${directory}' is not one below the claim's root. write it without '/' at its ends and ` +
            `without '..', or '.' for the root`,
        );
      }
      return;
    }
    if (kibibytes(checkSize(scope, 'the storage', this._size!)) < kibibytes(minimum)) {
      fail(
        scope,
        `its storage is ${quantity(this._size!)}, less than the ${quantity(minimum)} that ${engine} needs. make ` +
          'it larger',
      );
    }
    const { storageClassName, selector, dataSource = {}, metadata } = this.options;
    const names = {
      'the storage class': storageClassName,
      'the snapshot': dataSource.snapshotName,
      'the claim to copy': dataSource.claimName,
    };
    Object.entries(names).forEach(([what, name]) => name === undefined || checkObjectName(scope, what, name));
    if (this.options.dataSource && (dataSource.snapshotName === undefined) === (dataSource.claimName === undefined)) {
      fail(scope, "the volume's data source has not exactly one of 'snapshotName' and 'claimName'. give one");
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
    const { storageClassName, singlePod, selector, dataSource, metadata } = this.options;
    const source =
      dataSource?.snapshotName !== undefined
        ? { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: dataSource.snapshotName }
        : dataSource && { kind: 'PersistentVolumeClaim', name: dataSource.claimName };
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        labels: { ...labels, ...metadata?.labels },
        annotations: metadata?.annotations && { ...metadata.annotations },
      },
      spec: {
        accessModes: [singlePod ? 'ReadWriteOncePod' : 'ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName,
        selector: selector && { matchLabels: { ...selector } },
        dataSource: source,
        resources: { requests: { storage: quantity(this._size!) } },
      },
    };
  }
}
