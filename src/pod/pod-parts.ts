import type { Duration, Size } from 'cdk8s';
import type { ContainerResources, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import type { HealthCheck } from './health-check';
import { quantity } from '../checks/values';

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

/** A directory that the app may write to, gone with the pod. */
export interface ScratchDirectory {
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
   * @param name a DNS label, unique in the pod
   * @param claimName the name of the PersistentVolumeClaim
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static persistentVolumeClaim(name: string, claimName: string): PodVolume {
    return new PodVolume(name, { persistentVolumeClaim: { claimName } });
  }

  /**
   * Any volume of the Kubernetes API.
   *
   * @param name a DNS label, unique in the pod
   * @param source the fields beside `name`, as in a manifest: `configMap: {name: app-config}`
   * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#volume-v1-core
   */
  public static of(name: string, source: any): PodVolume {
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

/** Environment variables from every key of an existing ConfigMap or Secret. Give one of the two names. */
export interface PodEnvFrom {
  /**
   * The ConfigMap.
   *
   * @default - none
   */
  readonly configMapName?: string;

  /**
   * The Secret.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * What the variables' names begin with, before the key.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/**
 * A container of a pod: the app itself, a sidecar or one that runs to its end before the app starts. What is not given
 * here is filled with safe defaults.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/
 */
export interface PodContainer {
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
   * TCP ports by name; each number once in a pod.
   *
   * @default - none
   */
  readonly ports?: Record<string, number>;

  /**
   * How Kubernetes sees that it is well. Refused in an init container.
   *
   * @default - no probes
   */
  readonly health?: HealthCheck;

  /**
   * Requests and limits. Each of the three that is not given gets a safe default.
   *
   * @default - small ones for a sidecar
   */
  readonly resources?: ContainerResources;

  /**
   * How long it goes on after the pod is told to stop, before it gets SIGTERM. The app is stopped meanwhile, so this is
   * counted from the same moment as the app's own time to stop. Refused in an init container.
   *
   * @default - not at all, but a sidecar goes on until the app has ended
   */
  readonly stopDelay?: Duration;

  /**
   * How long it needs to stop, after the app has ended where it is a sidecar. Part of the pod's grace period. Refused
   * in an init
   * container.
   *
   * @default Duration.seconds(0)
   */
  readonly stopTimeout?: Duration;
}
