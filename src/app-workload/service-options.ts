import type { Duration } from 'cdk8s';
import type { ServiceType } from 'cdk8s-plus-28';
import { PropTable, optional } from '../checks/props';

/** The pods that receive connections. */
export enum ServiceTrafficPolicy {
  /** The pods on all nodes. */
  CLUSTER = 'Cluster',
  /** Only the pods on the node that receives the connection, which keeps the address of the client. */
  LOCAL = 'Local',
}

/**
 * Options of the Service of an app.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export interface ServiceOptions {
  /**
   * The type.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * The annotations, for example of a cloud load balancer.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;

  /**
   * Labels in addition to those of the workload.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Whether the name of the Service resolves to the addresses of all ready pods instead of one address.
   *
   * @default false
   */
  readonly headless?: boolean;

  /**
   * Whether the Service also contains pods that are not ready.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;

  /**
   * The time for which all connections of one client go to the same pod.
   *
   * @default - each connection can go to another pod
   */
  readonly sessionAffinityTimeout?: Duration;

  /**
   * The pods that receive connections from outside the cluster.
   *
   * @default ServiceTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ServiceTrafficPolicy;

  /**
   * The pods that receive connections from inside the cluster.
   *
   * @default ServiceTrafficPolicy.CLUSTER
   */
  readonly internalTrafficPolicy?: ServiceTrafficPolicy;

  /**
   * The class of the load balancer.
   *
   * @default - the default of the cloud
   */
  readonly loadBalancerClass?: string;

  /**
   * The CIDR blocks of the clients that the load balancer accepts.
   *
   * @default - all clients
   */
  readonly loadBalancerSourceRanges?: string[];
}

export const SERVICE_OPTIONS: PropTable<ServiceOptions> = {
  type: optional('string'),
  annotations: optional('string{}'),
  labels: optional('string{}'),
  headless: optional('boolean'),
  publishNotReadyAddresses: optional('boolean'),
  sessionAffinityTimeout: optional('Duration'),
  externalTrafficPolicy: optional('string'),
  internalTrafficPolicy: optional('string'),
  loadBalancerClass: optional('string'),
  loadBalancerSourceRanges: optional('string[]'),
};
