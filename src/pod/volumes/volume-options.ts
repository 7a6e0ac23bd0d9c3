import type { Size } from 'cdk8s';
import type { EmptyDirMedium, HostPathVolumeType, ImagePullPolicy, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import type { SecretSource } from '../secret-source';

/** Options of a volume that exists as long as the pod. */
export interface EmptyDirOptions {
  /** The maximum size. The kubelet evicts a pod that exceeds it. At least 1Ki. */
  readonly sizeLimit: Size;

  /**
   * The storage medium. Memory counts against the memory limit of the container that writes.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;
}

/** Options of a volume from an existing PersistentVolumeClaim. */
export interface ExistingClaimVolumeOptions {
  /**
   * The name of the volume in the pod, a DNS label.
   *
   * @default - the name of the claim
   */
  readonly name?: string;

  /**
   * The access mode of the claim. Several replicas can only mount a claim with `READ_WRITE_MANY` or `READ_ONLY_MANY`.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

/** Options of an NFS volume. */
export interface NfsVolumeOptions {
  /** The host name or IP address of the server. */
  readonly server: string;

  /** The exported path, starting with `/`. */
  readonly path: string;

  /**
   * Whether the export is mounted read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Options of a volume of a CSI driver that exists as long as the pod. */
export interface CsiVolumeOptions {
  /** The name of the driver: `secrets-store.csi.k8s.io`. */
  readonly driver: string;

  /**
   * The attributes of the volume, which the driver defines.
   *
   * @default - none
   */
  readonly attributes?: Record<string, string>;

  /**
   * The filesystem type.
   *
   * @default - the default of the driver
   */
  readonly fsType?: string;

  /**
   * The Secret that the driver uses to mount the volume.
   *
   * @default - none
   */
  readonly nodePublishSecret?: SecretSource;

  /**
   * Whether the volume is mounted read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Options of a volume with the files of an image. */
export interface ImageVolumeOptions {
  /**
   * When the kubelet pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly pullPolicy?: ImagePullPolicy;
}

/** Options of a directory or file of the node. */
export interface HostPathVolumeOptions {
  /**
   * The reason why the app needs the files of the node, in at least three words. It waives the rule `no-host-path`,
   * because the app can read, and if it runs as root change, the files of all pods of the node.
   */
  readonly reason: string;

  /**
   * The name of the volume in the pod, a DNS label.
   *
   * @default - derived from the path
   */
  readonly name?: string;

  /**
   * The check of the path before it is mounted.
   *
   * @default HostPathVolumeType.DEFAULT
   */
  readonly type?: HostPathVolumeType;
}
