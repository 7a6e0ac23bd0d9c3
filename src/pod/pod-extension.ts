import type { Duration } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { InitContainer, PodEnvFrom, PodMount, SidecarContainer } from './pod-parts';

/** The properties of a workload that its extensions can use. */
export interface PodExtensionContext {
  /** The name of the workload's objects; a prefix for the names of the extension's objects. */
  readonly workloadName: string;

  /**
   * The namespace of the workload's objects, which can be that of the chart. Use it for the extension's objects too.
   *
   * @default - neither the workload nor the chart sets a namespace
   */
  readonly namespace?: string;

  /** The labels that select the workload's pods. */
  readonly podLabels: Record<string, string>;

  /** The labels of the workload's objects. Set them on the extension's objects too. */
  readonly labels: Record<string, string>;

  /** The numeric user that the app runs as. */
  readonly runAsUser: number;

  /** The numeric group that the app runs as, and that owns its volumes. */
  readonly runAsGroup: number;

  /** The time in which the app must stop after the pod is deleted, including the time to drain connections. */
  readonly shutdownTimeout: Duration;

  /**
   * Whether the pods end when their work is done, as those of a Job.
   *
   * @default false
   */
  readonly runsToCompletion?: boolean;
}

/** The kinds of objects that Stakater Reloader watches. */
export enum ReloadTargetKind {
  /** A ConfigMap. */
  CONFIG_MAP = 'configmap',
  /** A Secret. */
  SECRET = 'secret',
}

/** An object that Stakater Reloader watches: a change rolls out new pods. */
export interface ReloadTarget {
  /** The kind of the object. */
  readonly kind: ReloadTargetKind;

  /** The name of the object. */
  readonly name: string;
}

/**
 * The additions of an extension to a pod.
 *
 * Additions cannot overwrite each other, so the order in which extensions are added does not matter. Two extensions
 * with the same mount path, container name or variable are refused.
 */
export interface PodAdditions {
  /**
   * The volume mounts of the app container.
   *
   * @default - none
   */
  readonly mounts?: PodMount[];

  /**
   * The environment variables of the app container, by name.
   *
   * @default - none
   */
  readonly env?: Record<string, EnvValue>;

  /**
   * Environment variables of the app container from all keys of ConfigMaps or Secrets.
   *
   * @default - none
   */
  readonly envFrom?: PodEnvFrom[];

  /**
   * The init containers, which run one after another in the order of their names before the app starts.
   *
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * The sidecars. With native sidecars (a minimum cluster version of 1.29), they start before the app and stop after
   * it.
   *
   * @default - none
   */
  readonly sidecars?: SidecarContainer[];

  /**
   * The annotations of the pods. A change rolls out new pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;

  /**
   * The objects that Stakater Reloader watches.
   *
   * @default - none
   */
  readonly reloadOn?: ReloadTarget[];
}

/**
 * An extension of the pods of a workload, such as configuration or log collection.
 *
 * Implement this interface to write an extension: `bind` defines the objects that it needs in `scope` and returns its
 * additions to the pod. It is called once for each workload and must not have other effects.
 */
export interface IPodExtension {
  /** The construct ID in the workload: a DNS label, unique there, and part of the names of its objects. */
  readonly id: string;

  /**
   * Defines the objects of the extension and returns its additions to the pod.
   *
   * @param scope the scope of its objects
   * @param options the properties of the workload
   */
  bind(scope: Construct, options: PodExtensionContext): PodAdditions;
}
