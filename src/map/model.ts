import type { ManifestProblem, Place } from '../inspect/manifest';
import type { ContainerRole } from '../inspect/pods';
import type { Finding } from '../safety/run';

/** The kind of storage at a path. */
export type StorageKind =
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
  | 'nfs'
  | 'csi'
  | 'host-path'
  | 'image-volume'
  | 'anonymous-volume'
  | 'other'
  | 'missing';

/** The containers, pods and workloads that see the same files. */
export type Sharing =
  /** Not shared: even the same container loses the files when it restarts. */
  | 'container'
  /** The containers of one pod. */
  | 'pod'
  /** One replica of a StatefulSet, including the pods that replace it. */
  | 'replica'
  /** One pod at a time. */
  | 'one-pod-at-a-time'
  /** The replicas that run on the same node. */
  | 'replicas-on-a-node'
  /** All replicas of the workload. */
  | 'replicas'
  /** All pods and processes on the node. */
  | 'node'
  /** Other workloads too. */
  | 'any-workload';

/** The event that ends the life of the files, from the shortest life to the longest. */
export type Lifetime =
  /** The container restarts. */
  | 'container'
  /** The pod is deleted. */
  | 'pod'
  /** The StatefulSet is scaled down below the replica. */
  | 'replica'
  /** The StatefulSet is deleted. */
  | 'stateful-set'
  /** The node is removed. */
  | 'node'
  /** The claim of a StatefulSet's replica is deleted. */
  | 'retained'
  /** The object or external storage is deleted, independently of the workload. */
  | 'independent';

/** Whether a change of the content rolls out new pods. */
export interface Rollout {
  readonly rolls: boolean;
  /** The reason, as a clause. */
  readonly reason: string;
}

/** A path of a container, or variables of its environment, and the storage behind it. */
export interface Row {
  readonly container: string;
  /** The path, or the names of the variables: `$HOST and 2 more`. */
  readonly path: string;
  /** Whether the row describes variables. */
  readonly environment: boolean;
  readonly kind: StorageKind;
  /** The image, object or path that provides the content; empty if it has no name. */
  readonly source: string;
  /** The name of the volume in the pod. */
  readonly volume?: string;
  /** The directory of the volume that is mounted instead of the whole volume. */
  readonly subPath?: string;
  readonly sharing: Sharing;
  /** The other containers of the pod, or the first of the other workloads, that share the files. */
  readonly sharedWith: readonly string[];
  /** The number of further workloads that share the files; omitted if there are none. */
  readonly sharedWithMore?: number;
  readonly lifetime: Lifetime;
  /** Whether the mount and the kind of storage allow this container to write; file permissions are not considered. */
  readonly writable: boolean;
  /** The containers of the pod that can write. */
  readonly writers: readonly string[];
  /**
   * The size limit as a Kubernetes quantity, `none` if the storage is unbounded, or `unknown` if the manifests do not
   * specify it. `undefined` for storage that cannot grow.
   */
  readonly sizeLimit?: string;
  /** For content of ConfigMaps, Secrets and images. */
  readonly rollout?: Rollout;
  /** Further facts, each a sentence. */
  readonly notes: readonly string[];
  /** The mount point around this path. This row hides the files that the outer mount has at this path. */
  readonly outerMount?: string;
  /** The mount points below this path. They hide the files of this row. */
  readonly nestedMounts: readonly string[];
  /** The findings about this path, including waived ones. */
  readonly findings: readonly Finding[];
}

/** When a CronJob starts its runs. */
export interface Schedule {
  /** The schedule in the format of cron. */
  readonly cron: string;
  /** The time zone; that of the cluster if omitted. */
  readonly timeZone?: string;
  /** Whether no further runs start. */
  readonly suspended: boolean;
}

/** A container of a workload. */
export interface MappedContainer {
  readonly name: string;
  readonly role: ContainerRole;
  readonly image: string;
}

/** A workload or a standalone pod. */
export interface MappedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The number of pods at the same time, at most if an autoscaler varies it; `undefined` for one pod on each node. */
  readonly replicas?: number;
  /** The minimum number of pods, if an autoscaler varies it. */
  readonly minReplicas?: number;
  /** The number in the name of the first replica of a StatefulSet, if it is not 0. */
  readonly startOrdinal?: number;
  /** When the runs of a CronJob start. */
  readonly schedule?: Schedule;
  /** The path of the construct that renders the workload. */
  readonly constructPath?: string;
  readonly place?: Place;
  readonly containers: readonly MappedContainer[];
  readonly rows: readonly Row[];
}

/** The paths of all workloads, with the storage behind them. */
export interface Model {
  readonly workloads: readonly MappedWorkload[];
  /** The documents that could not be read. */
  readonly problems: readonly ManifestProblem[];
}
