import type { ManifestProblem, Place } from '../inspect/manifest';
import type { ContainerRole } from '../inspect/pods';
import type { Finding } from '../safety/run';

/** What stands at a path. */
export type What =
  | 'image-layers'
  | 'writable-layer'
  | 'shared-memory'
  | 'config-map'
  | 'secret'
  | 'projected'
  | 'downward-api'
  | 'service-account-token'
  | 'empty-dir'
  | 'memory-empty-dir'
  | 'claim-template'
  | 'claim'
  | 'ephemeral-claim'
  | 'csi'
  | 'host-path'
  | 'image-volume'
  | 'other'
  | 'missing';

/** Who finds the same files at it. */
export type Sharing =
  /** Nobody else, not even the container after its restart. */
  | 'container'
  /** The containers of one pod. */
  | 'pod'
  /** One replica, in whichever pod it lives: what belongs to a number of a StatefulSet. */
  | 'replica'
  /** One pod after the other. */
  | 'one-pod-at-a-time'
  /** The replicas that run on one node. */
  | 'replicas-on-a-node'
  | 'replicas'
  /** Whatever runs on the node. */
  | 'node'
  /** Other workloads too. */
  | 'everybody';

/** What ends it, from the shortest to the longest life. */
export type Lifetime = 'container' | 'pod' | 'replica' | 'stateful-set' | 'node' | 'beyond-stateful-set' | 'outside';

/** Whether the pods are replaced when the content changes. */
export interface Rollout {
  readonly rolls: boolean;
  readonly why: string;
}

/** A path of a container, or variables of its environment, and what is there. */
export interface Row {
  readonly container: string;
  /** The path; for an environment the variables: `$HOST and 2 more`. */
  readonly path: string;
  readonly environment: boolean;
  readonly what: What;
  /** What the content is of: an image, an object, a path of the node; empty where there is nothing to name. */
  readonly source: string;
  /** The name of the volume in its pod. */
  readonly volume?: string;
  /** The folder of the volume that stands at the path, instead of all of it. */
  readonly subPath?: string;
  readonly sharing: Sharing;
  /** The containers of the pod or the other workloads that have it too. */
  readonly sharedWith: readonly string[];
  readonly lifetime: Lifetime;
  /** Whether this container may write to it, where the permissions of the files let its user. */
  readonly writable: boolean;
  /** The containers of the pod that may. */
  readonly writers: readonly string[];
  /**
   * As Kubernetes writes it; `none` for what can grow until something is full, `unknown` where the manifests do not
   * say; `undefined` where nothing can grow.
   */
  readonly sizeLimit?: string;
  /** For what is read from ConfigMaps, Secrets and images. */
  readonly rollout?: Rollout;
  /** What else there is to know, each as a clause. */
  readonly notes: readonly string[];
  /** The mount around it, whose own content at this path it hides. */
  readonly inside?: string;
  /** The paths below it that other mounts hide. */
  readonly hidden: readonly string[];
  /** What the rules say about it; waived findings have a reason. */
  readonly findings: readonly Finding[];
}

export interface MappedContainer {
  readonly name: string;
  readonly role: ContainerRole;
  readonly image: string;
}

/** A workload, or a pod of its own. */
export interface MappedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** `undefined`: one on each node. */
  readonly replicas?: number;
  /** The construct that renders it. */
  readonly constructPath?: string;
  readonly place?: Place;
  readonly containers: readonly MappedContainer[];
  readonly rows: readonly Row[];
}

/** Which file of which replica lives where, and how long. */
export interface Model {
  readonly workloads: readonly MappedWorkload[];
  /** The documents that could not be read. */
  readonly problems: readonly ManifestProblem[];
}
