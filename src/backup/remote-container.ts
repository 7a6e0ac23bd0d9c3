import { Size } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { BackupDestination } from './backup-destination';
import type { EngineBackup } from './engine-backup';
import { ENCRYPTION_DIRECTORY, remoteCommand, RemoteTask } from './scripts/remote';
import { fail } from '../checks/fail';
import { checkObjectName, checkSecretKey, kibibytes } from '../checks/values';
import { withDigest } from '../facts/image-digests';
import type { SecretKey } from '../logging/log-auth';
import type { InitContainer, PodMount } from '../pod/pod-parts';
import { PodVolume } from '../pod/volumes/pod-volume';

/** The image of rclone, which contains a shell and the certificates of public authorities. */
export const RCLONE_IMAGE = withDigest('docker.io/rclone/rclone:1.75.1');

/** The memory of rclone besides the parts of files. */
const PROGRAM_MEBIBYTES = 176;

/** The size of a part of a file that has few parts, and the parts that are in memory, of several files. */
const PART_MEBIBYTES = 5;
const PARTS_IN_MEMORY = 16;

/** The most parts of a file in S3, and the parts of one file that are in memory. */
const MAX_PARTS = 10_000;
const PARTS_OF_FILE = 4;

/**
 * Returns the memory in which rclone uploads files: 256Mi for up to 195 GiB. The parts of larger files are larger.
 *
 * @param total the size of all files, if it is known
 *
 * @see https://rclone.org/s3/#multipart-uploads
 */
export function rcloneMemory(total: Size = Size.gibibytes(1)): Size {
  const parts = (kibibytes(total) / 1024 / MAX_PARTS) * PARTS_OF_FILE;
  return Size.mebibytes(PROGRAM_MEBIBYTES + Math.ceil(Math.max(parts, PART_MEBIBYTES * PARTS_IN_MEMORY)));
}

/** The backups of one database at a destination. */
export interface BackupLocation {
  readonly destination: BackupDestination;
  readonly path: string;
  readonly encryptionKey?: SecretKey;
  readonly rcloneImage?: string;
  /** The memory of rclone; that for small files if omitted. */
  readonly memory?: Size;
}

/** A container with rclone, and the parts of the pod that it needs. */
export interface RemoteContainer {
  readonly container: InitContainer & Required<Pick<InitContainer, 'image' | 'command' | 'env' | 'mounts'>>;
  /** The rules of a NetworkPolicy that open the destination. */
  readonly egress: readonly object[];
  readonly serviceAccountAnnotations?: Record<string, string>;
}

interface RemoteContainerOptions {
  readonly engine: EngineBackup;
  readonly task: RemoteTask;
  readonly env?: Readonly<Record<string, string>>;
  readonly mounts: readonly PodMount[];
  /** Lines that can end the script before it does anything. */
  readonly guard?: readonly string[];
}

/** Returns a container with rclone for a task. */
export function remoteContainer(
  scope: IConstruct,
  { destination, path, encryptionKey, rcloneImage = RCLONE_IMAGE, memory = rcloneMemory() }: BackupLocation,
  { engine, task, env = {}, mounts, guard }: RemoteContainerOptions,
): RemoteContainer {
  checkPath(scope, path);
  const resolved = destination._resolve(scope);
  const variables = { ROOT: resolved.root, BACKUP_PATH: path, ENGINE: engine.title, ...env };
  return {
    container: {
      name: task,
      image: rcloneImage,
      command: remoteCommand(
        task,
        resolved.setup,
        encryptionKey && `key '${encryptionKey.key}' of the Secret '${encryptionKey.secret.secretName}'`,
        guard,
      ),
      env: {
        ...resolved.env,
        ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, EnvValue.fromValue(value)])),
      },
      mounts: [...mounts, ...resolved.mounts, ...encryptionMounts(scope, encryptionKey)],
      resources: { cpu: { request: Cpu.millis(100) }, memory: { request: memory, limit: memory } },
    },
    egress: resolved.egress,
    serviceAccountAnnotations: resolved.serviceAccountAnnotations,
  };
}

/** Returns the mount of `/tmp` in a container other than that of the app. */
export function temporaryMount(name: string): PodMount {
  return { path: '/tmp', volume: PodVolume.emptyDir(`tmp-${name}`, { sizeLimit: Size.mebibytes(64) }) };
}

function checkPath(scope: IConstruct, path: string): void {
  if (!/^[A-Za-z0-9_][-\w.]*(?:\/[A-Za-z0-9_][-\w.]*)*$/.test(path)) {
    fail(
      scope,
      `'path' is '${path}', which is not a relative path at the destination.`,
      "Use letters, digits, '-', '_' and '.', with single slashes between names.",
    );
  }
}

function encryptionMounts(scope: IConstruct, encryptionKey: SecretKey | undefined): PodMount[] {
  if (encryptionKey === undefined) {
    return [];
  }
  const { secret, key } = encryptionKey;
  const items = [{ key: checkSecretKey(scope, key), path: 'key' }];
  const source = {
    secret: { secretName: checkObjectName(scope, 'the Secret', secret.secretName), items, defaultMode: 0o440 },
  };
  return [{ path: ENCRYPTION_DIRECTORY, volume: PodVolume.fromSource('encryption-key', source), readOnly: true }];
}
