import type { Waiver } from '../safety/waiver';

/** Options of `PodExtensions.of`. */
export interface PodExtensionsOptions {
  /**
   * The kind of the workload, such as `Deployment`.
   *
   * @default - any kind with a pod template
   */
  readonly kind?: string;

  /**
   * The name of the workload in the cluster, its `metadata.name`.
   *
   * @default - any name
   */
  readonly name?: string;

  /**
   * The name of the app's container, which gets the variables and mounts.
   *
   * @default - the container in the annotation `kubectl.kubernetes.io/default-container`; otherwise the first one
   */
  readonly container?: string;

  /**
   * Whether network policies restrict the traffic of the pods. Extensions then create policies that allow their
   * connections. They create none for other pods, because the first policy of a pod denies all other traffic.
   *
   * @default - whether a NetworkPolicy of this app selects the pods, separately for ingress and egress
   */
  readonly isolated?: boolean;

  /**
   * The rules that the additions can violate. Each waiver becomes an annotation of the workload.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}
