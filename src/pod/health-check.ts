import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import type { Probe } from '../checks/pod-spec';
import { checkArgument, checkProps, PropTable, optional } from '../checks/props';
import { checkInteger, checkPort, seconds } from '../checks/values';

/** Timing and port of a health check. */
export interface HealthCheckOptions {
  /**
   * The port to probe.
   *
   * @default - the container's only port
   */
  readonly port?: number;

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

/** Options of a health check over HTTP. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * The path of the liveness probe, whose failure restarts the container. It must not depend on other services.
   *
   * @default - the liveness probe opens a TCP connection
   */
  readonly livenessPath?: string;
}

/** Options of a health check with a command in the container. */
export interface CommandHealthCheckOptions extends HealthCheckOptions {
  /**
   * The command of the liveness probe, whose failure restarts the container.
   *
   * @default - the liveness probe opens a TCP connection if the container has a port; otherwise the same command
   */
  readonly livenessCommand?: string[];
}

type Handler = (scope: IConstruct, port: number | undefined) => Probe;

/** The checked timing of a check, as in a manifest. */
interface Timing {
  readonly startupSeconds: number;
  readonly probe: Required<Pick<Probe, 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold'>>;
}

const OPTIONS: PropTable<HealthCheckOptions> = {
  port: optional('number'),
  startupTimeout: optional('Duration'),
  period: optional('Duration'),
  timeout: optional('Duration'),
  failureThreshold: optional('number'),
};

/**
 * Defines the startup, readiness and liveness probes of a container.
 *
 * The readiness probe checks whether the app can serve. The liveness and startup probes only check whether it runs, so
 * that a slow dependency stops traffic to a pod but never restarts it.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export class HealthCheck {
  /**
   * Defines the pod as ready if the response to a GET request has a status from 200 to 399.
   *
   * @param path the path of the request, starting with `/`
   * @param options port, liveness path and timing
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    checkArgument('HealthCheck.http', 'path', path, '"/ready"');
    checkProps<HttpHealthCheckOptions>('HealthCheck.http', options, { ...OPTIONS, livenessPath: optional('string') });
    const { livenessPath } = options;
    return new HealthCheck(
      options,
      httpGet("'path'", path),
      livenessPath === undefined ? tcpSocket : httpGet("'livenessPath'", livenessPath),
    );
  }

  /**
   * Defines the pod as ready if the port accepts a TCP connection.
   *
   * @param options port and timing
   */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    checkProps('HealthCheck.tcp', options, OPTIONS);
    return new HealthCheck(options, tcpSocket, tcpSocket);
  }

  /**
   * Defines the pod as ready if the server responds with SERVING to the gRPC health protocol.
   *
   * @param options port and timing
   */
  public static grpc(options: HealthCheckOptions = {}): HealthCheck {
    checkProps('HealthCheck.grpc', options, OPTIONS);
    return new HealthCheck(options, (scope, port) => ({ grpc: { port: portOf(scope, port) } }), tcpSocket);
  }

  /**
   * Defines the pod as ready if a command in the container exits with 0.
   *
   * @param command the program and its arguments, run without a shell
   * @param options liveness command and timing
   */
  public static command(command: string[], options: CommandHealthCheckOptions = {}): HealthCheck {
    checkArgument('HealthCheck.command', 'command', command, '["/bin/check"]');
    checkProps<CommandHealthCheckOptions>('HealthCheck.command', options, {
      ...OPTIONS,
      livenessCommand: optional('string[]'),
    });
    const { livenessCommand } = options;
    const ready = exec("'command'", command);
    const live: Handler = (scope, port) => (port === undefined ? ready : tcpSocket)(scope, port);
    return new HealthCheck(options, ready, livenessCommand ? exec("'livenessCommand'", livenessCommand) : live);
  }

  private constructor(
    private readonly options: HealthCheckOptions,
    private readonly ready: Handler,
    private readonly live: Handler,
    private readonly isRestartOnly = false,
  ) {}

  /**
   * Returns the same check as a liveness probe only: it restarts the container, but does not affect whether the pod has
   * started or is ready. For sidecars that the app does not need in order to serve.
   */
  public restartOnly(): HealthCheck {
    return new HealthCheck(this.options, this.ready, this.ready, true);
  }

  /** @internal */
  public _probes(
    scope: IConstruct,
    ports: readonly number[],
  ): { startupProbe?: Probe; readinessProbe?: Probe; livenessProbe: Probe } {
    const { options } = this;
    const port =
      options.port === undefined
        ? ports.length === 1
          ? ports[0]
          : undefined
        : checkPort(scope, "'port' of the health check", options.port);
    const { startupSeconds, probe } = timing(scope, options);
    if (this.isRestartOnly) {
      // without a startup probe, only the delay protects a container that is starting
      return { livenessProbe: { ...this.ready(scope, port), initialDelaySeconds: startupSeconds, ...probe } };
    }
    // probes often, so that a quick start is noticed quickly
    const periodSeconds = Math.min(probe.periodSeconds, 5, startupSeconds);
    return {
      startupProbe: {
        ...this.live(scope, port),
        periodSeconds,
        timeoutSeconds: probe.timeoutSeconds,
        failureThreshold: Math.ceil(startupSeconds / periodSeconds),
      },
      readinessProbe: { ...this.ready(scope, port), ...probe },
      livenessProbe: { ...this.live(scope, port), ...probe },
    };
  }
}

const tcpSocket: Handler = (scope, port) => ({ tcpSocket: { port: portOf(scope, port) } });

function httpGet(prop: string, path: string): Handler {
  return (scope, port) => {
    if (!path.startsWith('/')) {
      fail(scope, `${prop} of the health check is '${path}'.`, "Start it with '/'.");
    }
    return { httpGet: { path, port: portOf(scope, port) } };
  };
}

function exec(prop: string, command: readonly string[]): Handler {
  return scope => {
    if (command.length === 0) {
      fail(scope, `${prop} of the health check is empty.`, 'Set the program and its arguments.');
    }
    return { exec: { command: [...command] } };
  };
}

function timing(scope: IConstruct, options: HealthCheckOptions): Timing {
  const {
    startupTimeout = Duration.minutes(5),
    period = Duration.seconds(10),
    timeout = Duration.seconds(5),
    failureThreshold = 3,
  } = options;
  const checked = (prop: string, value: number, max: number) =>
    checkInteger(
      scope,
      `'${prop}' of the health check${prop === 'failureThreshold' ? '' : ' in seconds'}`,
      value,
      1,
      max,
    );
  return {
    probe: {
      periodSeconds: checked('period', seconds(period), 3600),
      timeoutSeconds: checked('timeout', seconds(timeout), 3600),
      failureThreshold: checked('failureThreshold', failureThreshold, 1000),
    },
    startupSeconds: checked('startupTimeout', seconds(startupTimeout), 86400),
  };
}

function portOf(scope: IConstruct, port: number | undefined): number {
  return (
    port ??
    fail(scope, 'The health check has no port, because the container has none or several.', "Set its option 'port'.")
  );
}
