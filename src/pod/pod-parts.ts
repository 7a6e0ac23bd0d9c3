import type { Duration, Size } from 'cdk8s';
import type { ContainerResources, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import type { HealthCheck } from './health-check';
import type { SecretSource } from './secret-source';
import type { PodVolume } from './volumes/pod-volume';
import { checkArgument, checkProps, PropTable, optional } from '../checks/props';

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

  /**
   * Whether the directory starts with the files that the image contains at this path. An init container of the same
   * image copies them, so the image must contain the program `cp`, and the user of the app must be able to read the
   * files. After the copy, the files belong to that user.
   *
   * @default - false: the directory is empty when the pod starts
   */
  readonly copyFromImage?: boolean;
}

/** Options of a volume mount. */
export interface MountOptions {
  /**
   * Whether the container can only read.
   *
   * @default - true for configuration, tokens and images; otherwise false
   */
  readonly readOnly?: boolean;

  /**
   * A file or directory in the volume. The container does not see later changes of it in a ConfigMap or Secret.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}

/**
 * A volume mount of a container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface PodMount extends MountOptions {
  /** The absolute path in the container. */
  readonly path: string;

  /** The volume. */
  readonly volume: PodVolume;
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

const ENV_FROM: PropTable<PodEnvFromOptions> = { prefix: optional('string') };

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

  /**
   * The image, pinned by a tag or digest.
   *
   * @default - the image of the app if `likeApp` is set; otherwise required
   */
  readonly image?: string;

  /**
   * Whether the container has the variables, configuration, mounts and writable directories of the app, and, unless it
   * sets its own, its image and resources. Its own variables and mounts take precedence.
   *
   * @default false
   */
  readonly likeApp?: boolean;

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
