import type { ContainerResources, DnsPolicy, HostAlias, ImagePullPolicy } from 'cdk8s-plus-28';
import { PropTable, optional } from '../checks/props';

/** The effects of a taint. */
export enum TaintEffect {
  /** New pods do not run on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** New pods run on the node only if no other node has room. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** Running pods are evicted too. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * A toleration of taints. A toleration without properties tolerates all.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface Toleration {
  /**
   * The key of the taint.
   *
   * @default - all keys
   */
  readonly key?: string;

  /**
   * The value of the taint. Requires a key.
   *
   * @default - all values
   */
  readonly value?: string;

  /**
   * The effect of the taint.
   *
   * @default - all effects
   */
  readonly effect?: TaintEffect;
}

/**
 * The nodes that pods run on, and their priority.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export interface PodScheduling {
  /**
   * The labels that a node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: Record<string, string>;

  /**
   * The affinity, as in a manifest: `{ podAntiAffinity: { ... } }`.
   *
   * @default - none; replicas are spread over nodes and zones
   */
  readonly affinity?: any;

  /**
   * The taints that the pods tolerate.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * The name of the PriorityClass.
   *
   * @default - the default PriorityClass of the cluster
   */
  readonly priorityClassName?: string;

  /**
   * The name of the RuntimeClass, for example of gVisor or of a GPU.
   *
   * @default - the default runtime of the nodes
   */
  readonly runtimeClassName?: string;

  /**
   * The name of the scheduler.
   *
   * @default - the default scheduler
   */
  readonly schedulerName?: string;
}

/**
 * The name resolution of pods.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export interface PodDns {
  /**
   * The policy.
   *
   * @default DnsPolicy.CLUSTER_FIRST
   */
  readonly policy?: DnsPolicy;

  /**
   * The IP addresses of further DNS servers, which the network policy opens. With `DnsPolicy.NONE`, the pods resolve
   * names there only.
   *
   * @default - none
   */
  readonly nameservers?: string[];

  /**
   * Further search domains.
   *
   * @default - none
   */
  readonly searches?: string[];

  /**
   * The options of the resolver by name: `{ ndots: '2' }`.
   *
   * @default - none
   */
  readonly options?: Record<string, string>;
}

/** Options of the ServiceAccount of a workload. It has no token unless `Waiver.noServiceAccountToken` is set. */
export interface ServiceAccountOptions {
  /**
   * The name of an existing ServiceAccount.
   *
   * @default - a new ServiceAccount with the name of the workload
   */
  readonly existingName?: string;

  /**
   * The annotations of the new ServiceAccount, for example of IAM roles for service accounts.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/**
 * A claim for devices, such as GPUs. Set one of the two names.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */
export interface PodResourceClaim {
  /** The name in the pod, a DNS label. */
  readonly name: string;

  /**
   * The name of an existing ResourceClaim, which all pods share.
   *
   * @default - none
   */
  readonly resourceClaimName?: string;

  /**
   * The name of a ResourceClaimTemplate. Each pod gets a claim from it.
   *
   * @default - none
   */
  readonly resourceClaimTemplateName?: string;
}

/** Settings of pods that every workload has. */
export interface PodSettings {
  /**
   * The nodes that the pods run on, and their priority.
   *
   * @default - any node without taints
   */
  readonly scheduling?: PodScheduling;

  /**
   * Entries of `/etc/hosts`.
   *
   * @default - none
   */
  readonly hostAliases?: HostAlias[];

  /**
   * The name resolution.
   *
   * @default - the DNS server of the cluster
   */
  readonly dns?: PodDns;

  /**
   * Labels of the pods in addition to those of the objects.
   *
   * @default - none
   */
  readonly podLabels?: Record<string, string>;

  /**
   * When the images of all containers are pulled.
   *
   * @default - ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The ServiceAccount.
   *
   * @default - a new ServiceAccount
   */
  readonly serviceAccount?: ServiceAccountOptions;

  /**
   * The amounts of extended resources by name, which the app container requests: `{ 'nvidia.com/gpu': 1 }`.
   *
   * @default - none
   */
  readonly extendedResources?: Record<string, number>;

  /**
   * The claims for devices that the app container uses. Requires a minimum cluster version of 1.34.
   *
   * @default - none
   */
  readonly resourceClaims?: PodResourceClaim[];

  /**
   * The requests and limits of CPU and memory that all containers share. Requires a minimum cluster version of 1.37.
   *
   * @default - each container has its own
   */
  readonly podResources?: ContainerResources;

  /**
   * Whether the user of the containers is mapped to an unprivileged user of the node. Requires a minimum cluster
   * version of 1.36, and volumes whose filesystem supports it.
   *
   * @default false
   */
  readonly userNamespace?: boolean;
}

export const POD_SETTINGS: PropTable<PodSettings> = {
  scheduling: optional('object'),
  hostAliases: optional('object[]'),
  dns: optional('object'),
  podLabels: optional('string{}'),
  imagePullPolicy: optional('string'),
  serviceAccount: optional('object'),
  extendedResources: optional('number{}'),
  resourceClaims: optional('object[]'),
  podResources: optional('object'),
  userNamespace: optional('boolean'),
};
