import type { Duration } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { InitContainer, PodEnvFrom, PodMount, SidecarContainer } from './pod-parts';

/** What an extension may know of the workload that it is added to. */
export interface PodExtensionContext {
  /** The name of the workload's objects; a prefix for the extension's own. */
  readonly workloadName: string;

  /**
   * The namespace of the workload's objects, for the extension's own.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /** The labels that select the workload's pods. */
  readonly podLabels: Record<string, string>;

  /** The labels of the workload's objects, for the extension's own. */
  readonly labels: Record<string, string>;

  /** The numeric user that the app runs as. */
  readonly runAsUser: number;

  /** The numeric group that the app runs as, and that owns its volumes. */
  readonly runAsGroup: number;

  /** How long the app may go on after the pod is told to stop, the time to drain connections included. */
  readonly shutdownTimeout: Duration;
}

/** The kinds of objects that Stakater Reloader watches. */
export enum ReloadTargetKind {
  /** A ConfigMap. */
  CONFIG_MAP = 'configmap',
  /** A Secret. */
  SECRET = 'secret',
}

/** An object whose change has to roll the workload, watched by Stakater Reloader. */
export interface ReloadTarget {
  /** The object's kind. */
  readonly kind: ReloadTargetKind;

  /** The object's name. */
  readonly name: string;
}

/**
 * What an extension adds to a pod. Additions only: nothing here can overwrite what another part set, so the order in
 * which extensions are added does not matter. Two parts that claim one path, name or variable are refused.
 */
export interface PodAdditions {
  /**
   * Volumes at paths of the app's container.
   *
   * @default - none
   */
  readonly mounts?: PodMount[];

  /**
   * Environment variables of the app's container, by name.
   *
   * @default - none
   */
  readonly env?: Record<string, EnvValue>;

  /**
   * Environment variables of the app's container, from whole objects.
   *
   * @default - none
   */
  readonly envFrom?: PodEnvFrom[];

  /**
   * Containers that run to their end, one after another by name, before the app starts.
   *
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Containers beside the app. They start before it and end after it where the oldest cluster to serve has native
   * sidecars (1.29).
   *
   * @default - none
   */
  readonly sidecars?: SidecarContainer[];

  /**
   * Annotations of the pods; a change of one rolls them.
   *
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;

  /**
   * Objects whose change Stakater Reloader answers with a rollout.
   *
   * @default - none
   */
  readonly reloadOn?: ReloadTarget[];
}

/**
 * A part that can be added to any workload. Write your own by implementing this interface: `bind` defines the objects
 * it needs below `scope` and returns what it adds to the pod; it is called once for each workload and has no other
 * effect.
 */
export interface IPodExtension {
  /** Its scope inside the workload: a DNS label, unique there, and part of the names of its objects. */
  readonly id: string;

  /**
   * Defines the extension's own objects and returns what it adds to the pod.
   *
   * @param scope where its objects belong
   * @param options what it may know of the workload
   */
  bind(scope: Construct, options: PodExtensionContext): PodAdditions;
}
