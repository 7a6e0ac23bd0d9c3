import type { Duration } from 'cdk8s';
import { OPTIONAL, PropTable } from '../checks/props';

/** Timing and port of a health check. */
export interface HealthCheckOptions {
  /**
   * The number of the port to probe, which the container need not declare.
   *
   * @default - the port in `portName`; otherwise the first TCP port of an app, or the only port of another container
   */
  readonly port?: number;

  /**
   * The name of the port to probe, which the container must declare.
   *
   * @default - the port in `port`
   */
  readonly portName?: string;

  /**
   * The time after which a container that has not started is restarted. The other probes wait until it has started.
   *
   * @default Duration.minutes(5)
   */
  readonly startupTimeout?: Duration;

  /**
   * The time between two probes. At least one second.
   *
   * @default Duration.seconds(10)
   */
  readonly period?: Duration;

  /**
   * The time to wait for a response. At least one second.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * The number of consecutive failures after which the pod receives no more connections or the container is restarted.
   * From 1 to 1000.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
}

/** Options of a health check over HTTP or HTTPS. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * The path of the liveness probe, whose failure restarts the container. It must not depend on other services.
   *
   * @default - the liveness probe opens a TCP connection
   */
  readonly livenessPath?: string;

  /**
   * The path of the startup probe, which succeeds once the app has started.
   *
   * @default - the startup probe is the same as the liveness probe
   */
  readonly startupPath?: string;

  /**
   * Whether to use HTTPS. Kubernetes does not verify the certificate.
   *
   * @default false
   */
  readonly https?: boolean;

  /**
   * The headers of the requests, by name. The header `Host` selects a virtual host. Headers must not contain
   * credentials.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;
}

/** Options of a health check over gRPC. */
export interface GrpcHealthCheckOptions extends HealthCheckOptions {
  /**
   * The name of the service in the request of the gRPC health protocol.
   *
   * @default - none, the health of the server as a whole
   */
  readonly service?: string;
}

/** Options of a health check with a command in the container. */
export interface CommandHealthCheckOptions extends HealthCheckOptions {
  /**
   * The command of the liveness probe, whose failure restarts the container.
   *
   * @default - the liveness probe opens a TCP connection if the container has a port; otherwise the same command
   */
  readonly livenessCommand?: string[];

  /**
   * The command of the startup probe, which succeeds once the app has started.
   *
   * @default - the startup probe is the same as the liveness probe
   */
  readonly startupCommand?: string[];
}

export const HEALTH_CHECK: PropTable<HealthCheckOptions> = {
  port: OPTIONAL,
  portName: OPTIONAL,
  startupTimeout: OPTIONAL,
  period: OPTIONAL,
  timeout: OPTIONAL,
  failureThreshold: OPTIONAL,
};

export const HTTP_HEALTH_CHECK: PropTable<HttpHealthCheckOptions> = {
  ...HEALTH_CHECK,
  livenessPath: OPTIONAL,
  startupPath: OPTIONAL,
  https: OPTIONAL,
  headers: OPTIONAL,
};

export const GRPC_HEALTH_CHECK: PropTable<GrpcHealthCheckOptions> = { ...HEALTH_CHECK, service: OPTIONAL };

export const COMMAND_HEALTH_CHECK: PropTable<CommandHealthCheckOptions> = {
  ...HEALTH_CHECK,
  livenessCommand: OPTIONAL,
  startupCommand: OPTIONAL,
};
