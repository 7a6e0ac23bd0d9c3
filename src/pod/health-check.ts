import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  COMMAND_HEALTH_CHECK,
  CommandHealthCheckOptions,
  GRPC_HEALTH_CHECK,
  GrpcHealthCheckOptions,
  HEALTH_CHECK,
  HealthCheckOptions,
  HTTP_HEALTH_CHECK,
  HttpHealthCheckOptions,
} from './health-check-options';
import { exec, grpcRequest, Handler, HandlerSource, httpGet, tcpSocket } from './probe-handlers';
import { ContainerPorts, probePort } from './probe-port';
import type { Probe } from '../checks/pod-spec';
import { checkArgument, checkProps } from '../checks/props';
import { checkInteger, seconds } from '../checks/values';

/** The questions of a health check. */
interface Handlers<T> {
  readonly startup: T;
  readonly readiness: T;
  readonly liveness: T;
}

/** The time between probes and what they tolerate, as in a manifest. */
export type ProbeTiming = Required<Pick<Probe, 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold'>>;

const DEFAULT_TIMING: ProbeTiming = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };

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
   * @param options port, HTTPS, headers, other paths and timing
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    checkArgument('HealthCheck.http', 'path', path, '"/ready"');
    checkProps<HttpHealthCheckOptions>('HealthCheck.http', options, HTTP_HEALTH_CHECK);
    const { livenessPath, startupPath } = options;
    const liveness = livenessPath === undefined ? tcpSocket : httpGet("'livenessPath'", livenessPath, options);
    return new HealthCheck(options, {
      readiness: httpGet("'path'", path, options),
      liveness,
      startup: startupPath === undefined ? liveness : httpGet("'startupPath'", startupPath, options),
    });
  }

  /**
   * Defines the pod as ready if the port accepts a TCP connection.
   *
   * @param options port and timing
   */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    checkProps('HealthCheck.tcp', options, HEALTH_CHECK);
    return new HealthCheck(options, { startup: tcpSocket, readiness: tcpSocket, liveness: tcpSocket });
  }

  /**
   * Defines the pod as ready if the server responds with SERVING to the gRPC health protocol, without TLS.
   *
   * @param options port, service and timing
   */
  public static grpc(options: GrpcHealthCheckOptions = {}): HealthCheck {
    checkProps<GrpcHealthCheckOptions>('HealthCheck.grpc', options, GRPC_HEALTH_CHECK);
    return new HealthCheck(options, {
      startup: tcpSocket,
      readiness: grpcRequest(options.service),
      liveness: tcpSocket,
    });
  }

  /**
   * Defines the pod as ready if a command in the container exits with 0.
   *
   * @param command the program and its arguments, run without a shell
   * @param options other commands and timing
   */
  public static command(command: string[], options: CommandHealthCheckOptions = {}): HealthCheck {
    checkArgument('HealthCheck.command', 'command', command, '["/bin/check"]');
    checkProps<CommandHealthCheckOptions>('HealthCheck.command', options, COMMAND_HEALTH_CHECK);
    const { livenessCommand, startupCommand } = options;
    const readiness = exec("'command'", command);
    const portOrCommand: HandlerSource = (scope, port) => (port === undefined ? readiness : tcpSocket)(scope, port);
    const liveness = livenessCommand ? exec("'livenessCommand'", livenessCommand) : portOrCommand;
    const startup = startupCommand ? exec("'startupCommand'", startupCommand) : liveness;
    return new HealthCheck(options, { startup, readiness, liveness });
  }

  private constructor(
    private readonly options: HealthCheckOptions,
    private readonly sources: Handlers<HandlerSource>,
    /** @internal */
    public readonly _isRestartOnly = false,
  ) {}

  /**
   * Returns the same check as a liveness probe only: it restarts the container, but does not affect whether the pod has
   * started or is ready. For sidecars that the app does not need in order to serve.
   */
  public restartOnly(): HealthCheck {
    return new HealthCheck(this.options, { ...this.sources, liveness: this.sources.readiness }, true);
  }

  /** @internal */
  public _probes(
    scope: IConstruct,
    container: ContainerPorts,
  ): { startupProbe?: Probe; readinessProbe?: Probe; livenessProbe: Probe } {
    const { startup, readiness, liveness } = this._handlers(scope, container);
    const timing = this._timing(scope, DEFAULT_TIMING);
    const startupSeconds = this._startupSeconds(scope);
    if (this._isRestartOnly) {
      // without a startup probe, only the delay protects a container that is starting
      return { livenessProbe: { ...liveness, initialDelaySeconds: startupSeconds, ...timing } };
    }
    // probes often, so that a quick start is noticed quickly
    const periodSeconds = Math.min(timing.periodSeconds, 5, startupSeconds);
    return {
      startupProbe: {
        ...startup,
        periodSeconds,
        timeoutSeconds: timing.timeoutSeconds,
        failureThreshold: Math.ceil(startupSeconds / periodSeconds),
      },
      readinessProbe: { ...readiness, ...timing },
      livenessProbe: { ...liveness, ...timing },
    };
  }

  /** @internal */
  public _handlers(scope: IConstruct, container: ContainerPorts): Handlers<Handler> {
    const port = probePort(scope, this.options, container);
    const { startup, readiness, liveness } = this.sources;
    return { startup: startup(scope, port), readiness: readiness(scope, port), liveness: liveness(scope, port) };
  }

  /** @internal */
  public _timing(scope: IConstruct, defaults: ProbeTiming): ProbeTiming {
    const { period, timeout, failureThreshold } = this.options;
    return {
      periodSeconds: checkTiming(scope, 'period', period && seconds(period), defaults.periodSeconds),
      timeoutSeconds: checkTiming(scope, 'timeout', timeout && seconds(timeout), defaults.timeoutSeconds),
      failureThreshold: checkTiming(scope, 'failureThreshold', failureThreshold, defaults.failureThreshold),
    };
  }

  /** @internal */
  public _startupSeconds(scope: IConstruct): number {
    const { startupTimeout = Duration.minutes(5) } = this.options;
    return checkInteger(scope, "'startupTimeout' of the health check in seconds", seconds(startupTimeout), 1, 86400);
  }

  /** @internal */
  public get _setsStartupTimeout(): boolean {
    return this.options.startupTimeout !== undefined;
  }
}

function checkTiming(
  scope: IConstruct,
  prop: 'period' | 'timeout' | 'failureThreshold',
  value: number | undefined,
  defaultValue: number,
): number {
  const [unit, max] = prop === 'failureThreshold' ? ['', 1000] : [' in seconds', 3600];
  return checkInteger(scope, `'${prop}' of the health check${unit}`, value ?? defaultValue, 1, max);
}
