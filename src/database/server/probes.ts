import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ServerFacts } from './server-facts';
import { fail } from '../../checks/fail';
import type { ContainerSpec, Probe } from '../../checks/pod-spec';
import { checkInteger, seconds } from '../../checks/values';

const MINIMUM_STARTUP_SECONDS = 60;
const MAXIMUM_STARTUP_SECONDS = 30 * 86400;

/**
 * Returns the probes of a server. A half-initialized server never starts, and a server that recovers is alive. It is
 * restarted after two minutes without an answer, because each restart costs a recovery.
 */
export function probes(
  scope: IConstruct,
  { spec, marker, fill }: ServerFacts,
  startupTimeout: Duration,
): Pick<ContainerSpec, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const startupSeconds = checkStartupTimeout(scope, startupTimeout);
  const probe = (command?: string[]): Probe =>
    command ? { exec: { command: command.map(fill) } } : { tcpSocket: { port: spec.port } };
  const startupCommand = spec.startupCommand ?? spec.readinessCommand;
  // an open port says less than the startup command, but a restart should not depend on more than that
  const livenessCommand = spec.livenessCommand ?? (spec.readinessCommand ? startupCommand : undefined);
  return {
    startupProbe: {
      ...probe(
        startupCommand && spec.initializedMarker !== undefined
          ? onceInitialized(startupCommand, marker)
          : startupCommand,
      ),
      periodSeconds: 3,
      timeoutSeconds: 10,
      failureThreshold: Math.ceil(startupSeconds / 3),
    },
    readinessProbe: { ...probe(spec.readinessCommand), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...probe(livenessCommand), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
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
