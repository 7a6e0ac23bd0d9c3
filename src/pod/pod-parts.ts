import type { Duration, Size } from 'cdk8s';
import type { ContainerResources, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import type { HealthCheck } from './health-check';
import type { SecretSource } from './secret-source';
import { checkArgument, checkProps, OPTIONAL, PropTable, required } from '../checks/props';
import { quantity, slug } from '../checks/values';

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
}

/** A directory that the app can write to. It is deleted with the pod. */
export interface WritableDirectory {
  /** The absolute path in the container. */
  readonly path: string;

  /**
   * The maximum size. The kubelet evicts a pod that exceeds it.
   *
   * @default Size.mebibytes(64)
   */
  readonly sizeLimit?: Size;

  /**
   * The storage medium. Memory counts against the memory limit.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;
}

const EMPTY_DIR: PropTable<EmptyDirOptions> = { sizeLimit: required('Size.mebibytes(64)'), medium: OPTIONAL };

/**
 * A volume of a pod.
 *
 * Extensions share a volume if they mount the same `PodVolume` or refer to the same object outside the pod. Two
 * `emptyDir` volumes with the same name are refused.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class PodVolume {
  /**
   * Creates an `emptyDir` volume, which all containers of a pod share and which is deleted with the pod.
   *
   * @param name a DNS label, unique in the pod
   * @param options size and medium
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  public static emptyDir(name: string, options: EmptyDirOptions): PodVolume {
    checkArgument('PodVolume.emptyDir', 'name', name, '"cache"');
    checkProps('PodVolume.emptyDir', options, EMPTY_DIR);
    return new PodVolume(
      name,
      { emptyDir: { sizeLimit: quantity(options.sizeLimit), medium: options.medium || undefined } },
      options,
    );
  }

  /**
   * References an existing PersistentVolumeClaim, whose data outlives the pod.
   *
   * @param claimName the name of the PersistentVolumeClaim
   * @param options the name in the pod
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static fromClaimName(claimName: string, options: ExistingClaimVolumeOptions = {}): PodVolume {
    checkArgument('PodVolume.fromClaimName', 'claimName', claimName, '"uploads"');
    checkProps<ExistingClaimVolumeOptions>('PodVolume.fromClaimName', options, { name: OPTIONAL });
    return new PodVolume(options.name ?? slug(claimName).slice(0, 63), { persistentVolumeClaim: { claimName } });
  }

  /**
   * Creates a volume of any type in the Kubernetes API.
   *
   * @param name a DNS label, unique in the pod
   * @param source the fields next to `name` in a manifest: `configMap: {name: app-config}`
   * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#volume-v1-core
   */
  public static fromSource(name: string, source: any): PodVolume {
    checkArgument('PodVolume.fromSource', 'name', name, '"cache"');
    checkArgument('PodVolume.fromSource', 'source', source, '{ configMap: { name: "app-config" } }');
    return new PodVolume(name, source);
  }

  /** @internal */
  public readonly _source: any;
  /** @internal */
  public readonly _emptyDir?: EmptyDirOptions;

  private constructor(
    /** The name of the volume in the pod. */
    public readonly name: string,
    source: any,
    emptyDir?: EmptyDirOptions,
  ) {
    this._source = source;
    this._emptyDir = emptyDir;
  }
}

/**
 * A volume mount of a container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface PodMount {
  /** The absolute path in the container. */
  readonly path: string;

  /** The volume. */
  readonly volume: PodVolume;

  /**
   * Whether the container can only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A file or directory in the volume. The container does not see later changes of it in a ConfigMap or Secret.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}

/** Options of environment variables from all keys of an object. */
export interface PodEnvFromOptions {
  /**
   * The prefix of the variable names, before the key.
   *
   * @default - no prefix
   */
  readonly prefix?: string;
}

const ENV_FROM: PropTable<PodEnvFromOptions> = { prefix: OPTIONAL };

/**
 * Environment variables from all keys of an existing ConfigMap or Secret.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
 */
export class PodEnvFrom {
  /**
   * References all keys of a ConfigMap.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options the prefix of the variable names
   */
  public static fromConfigMapName(configMapName: string, options: PodEnvFromOptions = {}): PodEnvFrom {
    checkArgument('PodEnvFrom.fromConfigMapName', 'configMapName', configMapName, '"app-defaults"');
    checkProps('PodEnvFrom.fromConfigMapName', options, ENV_FROM);
    return new PodEnvFrom('ConfigMap', configMapName, options.prefix);
  }

  /**
   * References all keys of a Secret.
   *
   * @param secret the Secret
   * @param options the prefix of the variable names
   */
  public static fromSecret(secret: SecretSource, options: PodEnvFromOptions = {}): PodEnvFrom {
    checkArgument('PodEnvFrom.fromSecret', 'secret', secret, 'SecretSource.fromName("api-credentials")');
    checkProps('PodEnvFrom.fromSecret', options, ENV_FROM);
    return new PodEnvFrom('Secret', secret.secretName, options.prefix);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'ConfigMap' | 'Secret',
    /** @internal */
    public readonly _name: string,
    /** The prefix of the variable names, if there is one. */
    public readonly prefix?: string,
  ) {}
}

/**
 * A container that runs to completion before the app starts. Safe defaults apply to omitted props.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export interface InitContainer {
  /** The name: a DNS label, unique in the pod. */
  readonly name: string;

  /** The image, pinned by a tag or digest. */
  readonly image: string;

  /**
   * The command, which overrides the entrypoint of the image.
   *
   * @default - the entrypoint of the image
   */
  readonly command?: string[];

  /**
   * The arguments, which override those of the image.
   *
   * @default - the arguments of the image
   */
  readonly args?: string[];

  /**
   * The environment variables by name.
   *
   * @default - none
   */
  readonly env?: Record<string, EnvValue>;

  /**
   * Environment variables from all keys of ConfigMaps or Secrets.
   *
   * @default - none
   */
  readonly envFrom?: PodEnvFrom[];

  /**
   * The volume mounts.
   *
   * @default - none
   */
  readonly mounts?: PodMount[];

  /**
   * The resource requests and limits.
   *
   * @default - 20m to 200m CPU, 64Mi of memory, 64Mi of ephemeral storage
   */
  readonly resources?: ContainerResources;
}

/**
 * A container that runs next to the app. Safe defaults apply to omitted props.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export interface SidecarContainer extends InitContainer {
  /**
   * The TCP ports by name. The containers of a pod cannot use the same port.
   *
   * @default - none
   */
  readonly ports?: Record<string, number>;

  /**
   * The health check, which defines the probes.
   *
   * @default - no probes
   */
  readonly healthCheck?: HealthCheck;

  /**
   * The time between the deletion of the pod and SIGTERM (`preStop`). The app stops in this time, so it counts from the
   * same moment as the app's own shutdown.
   *
   * @default - no delay, but a native sidecar runs until the app has ended
   */
  readonly preStopDelay?: Duration;

  /**
   * The time that the container needs to stop after SIGTERM, which a native sidecar receives after the app has ended.
   * It is part of the pod's `terminationGracePeriodSeconds`.
   *
   * @default Duration.seconds(0)
   */
  readonly shutdownTimeout?: Duration;
}
