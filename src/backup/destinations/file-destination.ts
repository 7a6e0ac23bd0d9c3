import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { PodMount } from '../../pod/pod-parts';

/** A destination in the pods of one Job: how rclone reaches it. */
export interface ResolvedDestination {
  /** The path of rclone to which `/` and the path of a backup are added: `s3:bucket/prefix` or `/destination`. */
  readonly root: string;
  /** Variables of the container with rclone. None of them is a credential. */
  readonly env: Readonly<Record<string, EnvValue>>;
  /** Mounts of the container with rclone: Secrets, certificates, or the claim itself. */
  readonly mounts: readonly PodMount[];
  /** Lines of POSIX shell that run before rclone, for example to read a credential from a file. */
  readonly setup: readonly string[];
  /** The rules of a NetworkPolicy that open the destination; empty for one without a network. */
  readonly egress: readonly object[];
  /** Annotations of the ServiceAccount, which give the pods an identity of the cloud. */
  readonly serviceAccountAnnotations?: Record<string, string>;
}

/** A destination that contains the files of backups, each in a separate directory. */
export interface FileDestination {
  /**
   * Returns the destination for the pods of one Job. Refuses options that are invalid.
   *
   * @param scope the Job, which errors name
   */
  resolve(scope: IConstruct): ResolvedDestination;
}
