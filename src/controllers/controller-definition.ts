import type { IConstruct } from 'constructs';
import type { PodTemplate } from '../checks/pod-spec';

/** The kinds of controllers. */
export type ControllerKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

/** The parts of a spec that do not depend on the options of the controller. */
export interface ControllerParts {
  /** The number of pods of a controller with replicas; `undefined` if an autoscaler sets it. */
  readonly replicas?: number;
  /** The labels that select the pods. */
  readonly podLabels: Record<string, string>;
  readonly template: PodTemplate;
  /** The name of the headless Service, which names the pods of a StatefulSet. */
  readonly headlessName: string;
  /** The claims of each replica, as in a manifest. */
  readonly claimTemplates: readonly unknown[];
  /** Whether a rollout must stop the old pod first, because only one node can mount its claim. */
  readonly stopsFirst: boolean;
  /** Whether the default of Kubernetes applies to rollouts, because the workload waives ours. */
  readonly waivesCapacity: boolean;
  /** The longest time in which a container of the pods can start. */
  readonly startupSeconds: number;
}

/** A kind of controller with its options. */
export interface ControllerDefinition {
  readonly apiVersion: 'apps/v1' | 'batch/v1';
  readonly kind: ControllerKind;
  /** The factory, as messages name it: `Controller.job`. */
  readonly factory: string;
  /** Whether the controller has replicas, which Services and disruption budgets apply to. */
  readonly hasReplicas: boolean;
  /** Whether the pods end when their work is done. */
  readonly runsToCompletion: boolean;
  /** Whether each replica can have its own claims. */
  readonly hasClaimTemplates: boolean;
  /** The largest number of pods at once for a controller without replicas; `Infinity` if it is not known. */
  readonly maxPods?: number;
  /** The label that distinguishes revisions of the pods. */
  readonly revisionLabel?: string;
  readonly restartPolicy?: string;
  /** The number of the first replica. */
  readonly startOrdinal?: number;
  /** The maximum length of the name, if Kubernetes or the library adds a suffix to it. */
  readonly maxNameLength?: number;
  /** Refuses invalid options. */
  check(scope: IConstruct): void;
  /** Returns the option that lets an update start a new pod before it stops the old one, if it is set. */
  surgeOption?(): string | undefined;
  /** Refuses options that do not leave the pods enough time to start. */
  checkStartup?(scope: IConstruct, startupSeconds: number): void;
  spec(parts: ControllerParts): unknown;
}
