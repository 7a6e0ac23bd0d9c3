import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ServerFacts } from './server-facts';
import { fail } from '../../checks/fail';
import type { ContainerSpec } from '../../checks/pod-spec';
import { checkInteger, seconds } from '../../checks/values';
import type { ProbeTiming } from '../../pod/health-check';
import type { Handler } from '../../pod/probe-handlers';
import { DATABASE_PORT } from '../engine/engine-check';

const MINIMUM_STARTUP_SECONDS = 60;
const MAXIMUM_STARTUP_SECONDS = 30 * 86400;

const READINESS: ProbeTiming = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };

/** A server is restarted after two minutes without an answer, because each restart costs a recovery. */
const LIVENESS: ProbeTiming = { periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 };

/** Returns the probes of a server. A half-initialized server never starts, and a server that recovers is alive. */
export function probes(
  scope: IConstruct,
  facts: ServerFacts,
  startupTimeout: Duration,
): Pick<ContainerSpec, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const startupSeconds = checkStartupTimeout(scope, startupTimeout);
  const { startup, readiness, liveness } = handlers(scope, facts);
  const { healthCheck } = facts.spec;
  return {
    startupProbe: {
      ...startup,
      periodSeconds: 3,
      timeoutSeconds: 10,
      failureThreshold: Math.ceil(startupSeconds / 3),
    },
    readinessProbe: { ...readiness, ...(healthCheck?._timing(scope, READINESS) ?? READINESS) },
    livenessProbe: { ...liveness, ...(healthCheck?._timing(scope, LIVENESS) ?? LIVENESS) },
  };
}

/** Returns the questions of the probes: those of the engine's commands, its health check, or its port. */
function handlers(scope: IConstruct, { spec, marker, fill }: ServerFacts) {
  const checked = spec.healthCheck?._handlers(scope, { ports: { [DATABASE_PORT]: spec.port } });
  const handler = (command: readonly string[] | undefined, fallback: Handler | undefined): Handler =>
    command ? { exec: { command: command.map(fill) } } : (fallback ?? { tcpSocket: { port: spec.port } });
  const startupCommand = spec.startupCommand ?? (checked ? undefined : spec.readinessCommand);
  // an open port says less than the startup command, but a restart should not depend on more than that
  const livenessCommand = spec.livenessCommand ?? (!checked && spec.readinessCommand ? startupCommand : undefined);
  return {
    startup: handler(
      startupCommand && spec.initializedMarker !== undefined ? onceInitialized(startupCommand, marker) : startupCommand,
      checked?.startup,
    ),
    readiness: handler(spec.readinessCommand, checked?.readiness),
    liveness: handler(livenessCommand, checked?.liveness),
  };
}

/** A command that fails while the data is being initialized. */
function onceInitialized(command: readonly string[], marker: string): string[] {
  return [
    'sh',
    '-c',
    `if [ -e ${marker} ]; then echo "not initialized yet, or half-initialized" >&2; exit 1; fi; "$@"`,
    'probe',
    ...command,
  ];
}

function checkStartupTimeout(scope: IConstruct, startupTimeout: Duration): number {
  const startupSeconds = seconds(startupTimeout);
  if (startupSeconds < MINIMUM_STARTUP_SECONDS) {
    fail(
      scope,
      `'startupTimeout' of ${startupSeconds} seconds is too short for a database to recover.`,
      `Use ${MINIMUM_STARTUP_SECONDS} seconds or more.`,
    );
  }
  return checkInteger(
    scope,
    "'startupTimeout' in seconds",
    startupSeconds,
    MINIMUM_STARTUP_SECONDS,
    MAXIMUM_STARTUP_SECONDS,
  );
}
