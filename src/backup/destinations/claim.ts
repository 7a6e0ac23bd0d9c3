import type { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { FileDestination, ResolvedDestination } from './file-destination';
import { checkObjectName } from '../../checks/values';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** Options of `BackupDestination.claim`. */
export interface ClaimBackupDestinationOptions {
  /**
   * The name of the PersistentVolumeClaim, in the namespace of the backup. It must exist, be another one than that of
   * the database, and should not be on the same storage system.
   */
  readonly claimName: string;

  /**
   * The access mode of the claim. With ReadWriteOnce, Kubernetes starts the pods of the backup, the trial and the
   * restore on one node.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

/** The directory of the claim in the containers with rclone. */
const CLAIM_DIRECTORY = '/destination';

/** A directory of a PersistentVolumeClaim for each path. */
export class ClaimDestination implements FileDestination {
  constructor(private readonly options: ClaimBackupDestinationOptions) {}

  public resolve(scope: IConstruct): ResolvedDestination {
    const { claimName, accessMode } = this.options;
    const name = checkObjectName(scope, "'claimName' of the destination", claimName);
    return {
      root: CLAIM_DIRECTORY,
      env: {},
      mounts: [{ path: CLAIM_DIRECTORY, volume: PodVolume.fromClaimName(name, { name: 'destination', accessMode }) }],
      // the volume is mounted, and the pods can write to it
      setup: [`[ -w ${CLAIM_DIRECTORY} ] || problem 'The claim ${name} is not writable.'`],
      egress: [],
    };
  }
}
