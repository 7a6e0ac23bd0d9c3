import type { Duration } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { PodContainer, PodEnvFrom, PodMount } from './pod-parts';

/** What a capability may know of the workload that it is added to. */
export interface CapabilityBindOptions {
  /** The name of the workload's objects; a prefix for the capability's own. */
  readonly workloadName: string;

  /**
   * The namespace of the workload's objects, for the capability's own.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /** The labels that select the workload's pods. */
  readonly podLabels: Record<string, string>;

  /** The labels of the workload's objects, for the capability's own. */
  readonly labels: Record<string, string>;

  /** The numeric user that the app runs as. */
  readonly runAsUser: number;

  /** The numeric group that the app runs as, and that owns its volumes. */
  readonly runAsGroup: number;

  /** How long the app may go on after the pod is told to stop, the time to drain connections included. */
  readonly stopTimeout: Duration;
}

/** An object whose change has to roll the workload, watched by Stakater Reloader. */
export interface ReloadTarget {
  /** `configmap` or `secret`. */
  readonly kind: string;

  /** The object's name. */
  readonly name: string;
}

/**
 * What a capability adds to a pod. Additions only: nothing here can overwrite what another part set, so the order in
 * which capabilities are added does not matter. Two parts that claim one path, name or variable are refused.
 */
export interface PodContribution {
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
  readonly initContainers?: PodContainer[];

  /**
   * Containers beside the app. They start before it and end after it where the oldest cluster to serve has native
   * sidecars (1.29).
   *
   * @default - none
   */
  readonly sidecars?: PodContainer[];

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
export interface ICapability {
  /** Its scope inside the workload: a DNS label, unique there, and part of the names of its objects. */
  readonly capabilityId: string;

  /**
   * Defines the capability's own objects and returns what it adds to the pod.
   *
   * @param scope where its objects belong
   * @param options what it may know of the workload
   */
  bind(scope: Construct, options: CapabilityBindOptions): PodContribution;
}
