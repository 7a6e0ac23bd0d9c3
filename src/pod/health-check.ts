import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import type { Probe } from '../checks/pod-spec';
import { checkInteger, checkPort, seconds } from '../checks/values';

/** How often and how patiently Kubernetes looks. */
export interface HealthCheckOptions {
  /**
   * The port to look at.
   *
   * @default - the container's only port
   */
  readonly port?: number;

  /**
   * How long the container may take to start before it is restarted. Nothing else is probed meanwhile.
   *
   * @default Duration.minutes(5)
   */
  readonly startupTimeout?: Duration;

  /**
   * How often it is probed. At least one second.
   *
   * @default Duration.seconds(10)
   */
  readonly period?: Duration;

  /**
   * How long an answer may take. At least one second.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * How many failures in a row take it out of service, or restart it. From 1 to 1000.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
}

/** A health check over HTTP. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * The path that says whether a restart would help. It must not depend on other services.
   *
   * @default - the port is opened, and no more
   */
  readonly livenessPath?: string;
}

/** A health check by a program of the image. */
export interface CommandHealthCheckOptions extends HealthCheckOptions {
  /**
   * The program that says whether a restart would help.
   *
   * @default - the container's port is opened if it has one; if not, the same program
   */
  readonly livenessCommand?: string[];
}

type Handler = (scope: IConstruct, port: number | undefined) => Probe;

/**
 * One check that gives a container its startup, readiness and liveness probes.
 *
 * Readiness asks the app whether it can serve; liveness and startup ask only whether it runs, so that a slow dependency
 * takes a pod out of service but never restarts it.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export class HealthCheck {
  /**
   * Ready when a GET of `path` is answered with a status from 200 to 399.
   *
   * @param path the path, from `/`
   * @param options port, paths and times
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    const get =
      (what: string): Handler =>
      (scope, port) => {
        if (!what.startsWith('/')) {
          fail(scope, `The health check's path is '${what}'.`, "Begin it with '/'.");
        }
        return { httpGet: { path: what, port: needed(scope, port) } };
      };
    return new HealthCheck(options, get(path), options.livenessPath === undefined ? tcp : get(options.livenessPath));
  }

  /**
   * Ready when the port can be opened.
   *
   * @param options port and times
   */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(options, tcp, tcp);
  }

  /**
   * Ready when the server answers SERVING to the gRPC health protocol.
   *
   * @param options port and times
   */
  public static grpc(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(options, (scope, port) => ({ grpc: { port: needed(scope, port) } }), tcp);
  }

  /**
   * Ready when a program in the container exits with 0.
   *
   * @param command the program and its arguments; no shell is involved
   * @param options program for liveness, and times
   */
  public static command(command: string[], options: CommandHealthCheckOptions = {}): HealthCheck {
    const run =
      (what: string[]): Handler =>
      scope => {
        if (what.length === 0) {
          fail(scope, "The health check's command is empty.", 'Give the program and its arguments.');
        }
        return { exec: { command: [...what] } };
      };
    const alive: Handler = (scope, port) => (port === undefined ? run(command) : tcp)(scope, port);
    return new HealthCheck(options, run(command), options.livenessCommand ? run(options.livenessCommand) : alive);
  }

  private constructor(
    private readonly options: HealthCheckOptions,
    private readonly ready: Handler,
    private readonly alive: Handler,
    private readonly restartsOnly = false,
  ) {}

  /**
   * The same check without a word in whether the pod starts or is ready: it restarts the container when it hangs, and
   * nothing
   * more. For sidecars that the app does not need in order to serve.
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
    const only = ports.length === 1 ? ports[0] : undefined;
    const port = options.port === undefined ? only : checkPort(scope, "the health check's port", options.port);
    const periodSeconds = checkInteger(
      scope,
      "the health check's period in seconds",
      seconds(options.period ?? Duration.seconds(10)),
      1,
      3600,
    );
    const timeoutSeconds = checkInteger(
      scope,
      "the health check's timeout in seconds",
      seconds(options.timeout ?? Duration.seconds(5)),
      1,
      3600,
    );
    const failureThreshold = checkInteger(
      scope,
      "the health check's failure threshold",
      options.failureThreshold ?? 3,
      1,
      1000,
    );
    const startup = seconds(options.startupTimeout ?? Duration.minutes(5));
    checkInteger(scope, "the health check's startup timeout in seconds", startup, 1, 86400);

    if (this.restartsOnly) {
      // nothing else holds it back while it starts
      return {
        livenessProbe: {
          ...this.ready(scope, port),
          initialDelaySeconds: startup,
          periodSeconds,
          timeoutSeconds,
          failureThreshold,
        },
      };
    }

    // looks often while starting, so that a quick start is seen quickly
    const startupPeriod = Math.min(periodSeconds, 5, startup);
    const startupThreshold = Math.ceil(startup / startupPeriod);
    return {
      startupProbe: {
        ...this.alive(scope, port),
        periodSeconds: startupPeriod,
        timeoutSeconds,
        failureThreshold: startupThreshold,
      },
      readinessProbe: { ...this.ready(scope, port), periodSeconds, timeoutSeconds, failureThreshold },
      livenessProbe: { ...this.alive(scope, port), periodSeconds, timeoutSeconds, failureThreshold },
    };
  }
}

const tcp: Handler = (scope, port) => ({ tcpSocket: { port: needed(scope, port) } });

function needed(scope: IConstruct, port: number | undefined): number {
  return port ?? fail(scope, 'The health check does not know which port to look at.', "Give it a 'port'.");
}
