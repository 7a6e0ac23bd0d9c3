import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../../checks/fail';
import { checkArgument, checkProps, PropTable, optional } from '../../checks/props';
import { checkObjectName, kibibytes, quantity } from '../../checks/values';
import { checkClaim, newClaim, VolumeClaim } from '../../pod/volumes/claim';
import { PROVISIONED_CLAIM, ProvisionedClaimOptions } from '../../pod/volumes/claim-options';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** Options of an existing claim. */
export interface ExistingClaimOptions {
  /**
   * The directory of the claim that contains the data. `.` is the root of the claim.
   *
   * @default - the engine's directory, which is created if it does not exist
   */
  readonly directory?: string;
}

const EXISTING_CLAIM: PropTable<ExistingClaimOptions> = { directory: optional('string') };

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
  public static provisioned(size: Size, options: ProvisionedClaimOptions = {}): DatabaseStorage {
    checkArgument('DatabaseStorage.provisioned', 'size', size, 'Size.gibibytes(20)');
    checkProps('DatabaseStorage.provisioned', options, PROVISIONED_CLAIM);
    return new DatabaseStorage(newClaim('replica', { ...options, size }), undefined, {});
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
    return new DatabaseStorage(undefined, claimName, options);
  }

  private constructor(
    private readonly claim: VolumeClaim | undefined,
    /** @internal */
    public readonly _claimName: string | undefined,
    /** @internal */
    public readonly _existing: ExistingClaimOptions,
  ) {}

  /** @internal */
  public get _size(): Size | undefined {
    return this.claim?.options?.size;
  }

  /** @internal */
  public get _storageClassName(): string | undefined {
    return this.claim?.options?.storageClassName;
  }

  /**
   * Refuses a claim that is invalid, or smaller than the minimum.
   *
   * @param need who needs the minimum and what for, as the end of a sentence
   * @internal
   */
  public _check(scope: Construct, need: string, minimum: Size): void {
    if (this.claim === undefined) {
      checkObjectName(scope, "the claim of 'storage'", this._claimName!);
      checkDirectory(scope, this._existing.directory);
    } else {
      checkClaim(scope, "'storage'", this.claim);
      checkStorageSize(scope, this._size!, need, minimum);
    }
  }

  /**
   * Returns the volume of the data.
   *
   * @internal
   */
  public _volume(name: string): PodVolume {
    return this.claim === undefined
      ? PodVolume.fromClaimName(this._claimName!, { name })
      : PodVolume.claimPerReplica(name, this.claim.options!);
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

function checkStorageSize(scope: Construct, size: Size, need: string, minimum: Size): void {
  if (kibibytes(size) < kibibytes(minimum)) {
    fail(
      scope,
      `The size of 'storage' is ${quantity(size)}, less than the ${quantity(minimum)} that ${need}.`,
      `Set it to ${quantity(minimum)} or more.`,
    );
  }
}
