import type { Duration, Size } from 'cdk8s';
import type { ContainerResources, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import type { HealthCheck } from './health-check';
import type { SecretSource } from './secret-source';
import { quantity, slug } from '../checks/values';

/** A directory that lives as long as the pod. */
export interface EmptyDirOptions {
  /** How much it may hold; the pod is evicted when it holds more. At least 1Ki. */
  readonly sizeLimit: Size;

  /**
   * What it is made of. Memory counts against the memory limit of the container that writes.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;
}

/** How an existing claim is a volume of a pod. */
export interface ExistingClaimVolumeOptions {
  /**
   * Its name in the pod, a DNS label.
   *
   * @default - the claim's name
   */
  readonly name?: string;
}

/** A directory that the app may write to, gone with the pod. */
export interface WritableDirectory {
  /** Where, as an absolute path of the container. */
  readonly path: string;

  /**
   * How much it may hold; the pod is evicted when it holds more.
   *
   * @default Size.mebibytes(64)
   */
  readonly sizeLimit?: Size;

  /**
   * What it is made of. Memory counts against the memory limit.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: EmptyDirMedium;
}

/**
 * A volume of a pod, by its name in the pod. Two parts hold a volume in common when both mount the same `PodVolume`,
 * or name
 * the same thing outside the pod; an `emptyDir` of the same name that another part made is refused.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class PodVolume {
  /**
   * A directory that all containers of one pod share and that is gone with the pod; always bounded.
   *
   * @param name a DNS label, unique in the pod
   * @param options its size and medium
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  public static emptyDir(name: string, options: EmptyDirOptions): PodVolume {
    return new PodVolume(
      name,
      { emptyDir: { sizeLimit: quantity(options.sizeLimit), medium: options.medium || undefined } },
      options,
    );
  }

  /**
   * An existing claim, for what has to outlive the pod.
   *
   * @param claimName the name of the PersistentVolumeClaim
   * @param options its name in the pod
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static fromClaimName(claimName: string, options: ExistingClaimVolumeOptions = {}): PodVolume {
    return new PodVolume(options.name ?? slug(claimName).slice(0, 63), { persistentVolumeClaim: { claimName } });
  }

  /**
   * Any volume of the Kubernetes API.
   *
   * @param name a DNS label, unique in the pod
   * @param source the fields beside `name`, as in a manifest: `configMap: {name: app-config}`
   * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#volume-v1-core
   */
  public static fromSource(name: string, source: any): PodVolume {
    return new PodVolume(name, source);
  }

  /** @internal */
  public readonly _source: any;
  /** @internal */
  public readonly _emptyDir?: EmptyDirOptions;

  private constructor(
    /** Its name in the pod. */
    public readonly name: string,
    source: any,
    emptyDir?: EmptyDirOptions,
  ) {
    this._source = source;
    this._emptyDir = emptyDir;
  }
}

/**
 * A volume at a path of a container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface PodMount {
  /** Where, as an absolute path of the container. */
  readonly path: string;

  /** What. */
  readonly volume: PodVolume;

  /**
   * Whether the container may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * One file or directory of the volume instead of all of it. It never changes while the container runs.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}

/** How the variables of a whole object are named. */
export interface PodEnvFromOptions {
  /**
   * What the variables' names begin with, before the key.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/**
 * Environment variables from every key of an existing ConfigMap or Secret.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
 */
export class PodEnvFrom {
  /**
   * Every key of a ConfigMap.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options how the variables are named
   */
  public static fromConfigMapName(configMapName: string, options: PodEnvFromOptions = {}): PodEnvFrom {
    return new PodEnvFrom('ConfigMap', configMapName, options.prefix);
  }

  /**
   * Every key of a Secret.
   *
   * @param secret the Secret
   * @param options how the variables are named
   */
  public static fromSecret(secret: SecretSource, options: PodEnvFromOptions = {}): PodEnvFrom {
    return new PodEnvFrom('Secret', secret.secretName, options.prefix);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'ConfigMap' | 'Secret',
    /** @internal */
    public readonly _name: string,
    /** What the variables' names begin with, where that was said. */
    public readonly prefix?: string,
  ) {}
}

/**
 * A container that runs to its end before the app starts. What is not given here is filled with safe defaults.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export interface InitContainer {
  /** A DNS label, unique in the pod. */
  readonly name: string;

  /** The image, pinned by a tag or digest. */
  readonly image: string;

  /**
   * The program, in place of the image's entrypoint.
   *
   * @default - the image's
   */
  readonly command?: string[];

  /**
   * Its arguments, in place of the image's.
   *
   * @default - the image's
   */
  readonly args?: string[];

  /**
   * Environment variables by name.
   *
   * @default - none
   */
  readonly env?: Record<string, EnvValue>;

  /**
   * Environment variables from whole objects.
   *
   * @default - none
   */
  readonly envFrom?: PodEnvFrom[];

  /**
   * Volumes at paths.
   *
   * @default - none
   */
  readonly mounts?: PodMount[];

  /**
   * Requests and limits. Each of the three that is not given gets a safe default.
   *
   * @default - small ones for a sidecar
   */
  readonly resources?: ContainerResources;
}

/**
 * A container beside the app. What is not given here is filled with safe defaults.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export interface SidecarContainer extends InitContainer {
  /**
   * TCP ports by name; each number once in a pod.
   *
   * @default - none
   */
  readonly ports?: Record<string, number>;

  /**
   * How Kubernetes sees that it is well.
   *
   * @default - no probes
   */
  readonly healthCheck?: HealthCheck;

  /**
   * How long it goes on after the pod is told to stop, before it gets SIGTERM. The app is stopped meanwhile, so this is
   * counted from the same moment as the app's own time to stop.
   *
   * @default - not at all, but a sidecar goes on until the app has ended
   */
  readonly preStopDelay?: Duration;

  /**
   * How long it needs to stop, after the app has ended where it is a sidecar. Part of the pod's grace period.
   *
   * @default Duration.seconds(0)
   */
  readonly shutdownTimeout?: Duration;
}
