import type { ApiObjectMetadata, Duration } from 'cdk8s';
import type { ContainerResources, EnvValue } from 'cdk8s-plus-28';
import type { HealthCheck } from './pod/health-check';
import type { WritableDirectory } from './pod/pod-parts';
import type { SecretSource } from './pod/secret-source';
import type { Waiver } from './safety/waiver';

/** What a workload is made of. */
export interface AppWorkloadProps {
  /** The image, pinned by a tag or digest: `ghcr.io/acme/api:1.4.2`. `latest` is refused. */
  readonly image: string;

  /**
   * Name, namespace, labels and annotations of the objects. The name is that of the Deployment, the Service and the
   * others alike.
   *
   * @default - the name that the chart generates, in the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How many pods, from 0.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * The TCP port that the app listens on, from 1024. It gets a Service.
   *
   * @default - the app serves nobody, and has no Service
   */
  readonly port?: number;

  /**
   * The port's name.
   *
   * @default 'http'
   */
  readonly portName?: string;

  /**
   * The port that the Service listens on.
   *
   * @default - the app's port
   */
  readonly servicePort?: number;

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
   * How Kubernetes sees that the app is well. Required for an app without a port.
   *
   * @default - the port can be opened
   */
  readonly healthCheck?: HealthCheck;

  /**
   * Requests and limits. Each of the three that is not given has a safe default: 100m to 1 CPU, 256Mi of memory,
   * ephemeral storage for what the volumes hold and 128Mi more. A CPU request without a limit leaves the limit out.
   *
   * @default - as said
   */
  readonly resources?: ContainerResources;

  /**
   * The numeric user to run as. Root, 0, is refused.
   *
   * @default 10001
   */
  readonly runAsUser?: number;

  /**
   * The numeric group to run as, which owns the volumes too. Root, 0, is refused.
   *
   * @default 10001
   */
  readonly runAsGroup?: number;

  /**
   * Directories that the app may write to, beside `/tmp`; all else of its file system is read-only.
   *
   * @default - `/tmp` of 64Mi
   */
  readonly writableDirectories?: WritableDirectory[];

  /**
   * How long the app needs to stop after SIGTERM.
   *
   * @default Duration.seconds(30)
   */
  readonly shutdownTimeout?: Duration;

  /**
   * Secrets to pull the images with.
   *
   * @default - those of the nodes
   */
  readonly imagePullSecrets?: SecretSource[];

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;

  /**
   * Safe defaults to leave out, each for a reason.
   *
   * @default - all apply
   */
  readonly waivers?: Waiver[];
}
