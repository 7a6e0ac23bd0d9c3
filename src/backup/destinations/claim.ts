import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { FileDestination, ResolvedDestination } from './file-destination';
import { checkObjectName } from '../../checks/values';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** Options of `BackupDestination.claim`. */
export interface ClaimBackupDestinationOptions {
  /**
   * The name of the PersistentVolumeClaim, in the namespace of the backup. It must have the access mode ReadWriteMany,
   * because the pods of backups and trials can run on different nodes. Use another claim than that of the database, on
   * another storage system if possible.
   */
  readonly claimName: string;
}

/** The directory of the claim in the containers with rclone. */
const CLAIM_DIRECTORY = '/destination';

/** A PersistentVolumeClaim, with a directory for each path. */
export class ClaimDestination implements FileDestination {
  constructor(private readonly options: ClaimBackupDestinationOptions) {}

  public resolve(scope: IConstruct): ResolvedDestination {
    const name = checkObjectName(scope, "'claimName' of the destination", this.options.claimName);
    const accessMode = PersistentVolumeAccessMode.READ_WRITE_MANY;
    return {
      root: CLAIM_DIRECTORY,
      env: {},
      mounts: [{ path: CLAIM_DIRECTORY, volume: PodVolume.fromClaimName(name, { name: 'destination', accessMode }) }],
      setup: [`[ -w ${CLAIM_DIRECTORY} ] || problem 'The claim ${name} is not writable.'`],
      egress: [],
    };
  }
}
