import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ServerFacts } from './server-facts';
import { fail } from '../../checks/fail';
import type { ContainerSpec, Probe } from '../../checks/pod-spec';
import { checkInteger, seconds } from '../../checks/values';

/**
 * The probes of a server. A half-initialised one never starts; one that recovers is alive; and it takes two minutes of
 * silence until it is restarted, for a restart costs a recovery.
 */
export function probes(
  scope: IConstruct,
  { spec, marker, fill }: ServerFacts,
  startupTimeout: Duration,
): Pick<ContainerSpec, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const startup = seconds(startupTimeout);
  if (startup < 60) {
    fail(
      scope,
      `'startupTimeout' is ${startup} seconds, in which hardly a database recovers.`,
      'Give it a minute or more.',
    );
  }
  checkInteger(scope, "'startupTimeout' in seconds", startup, 60, 30 * 86400);
  const command = (given?: string[]): Probe =>
    given ? { exec: { command: given.map(fill) } } : { tcpSocket: { port: spec.port } };
  const started = spec.startupCommand ?? spec.readinessCommand;
  const initialised =
    started && spec.initializedMarker !== undefined
      ? [
          'sh',
          '-c',
          `if [ -e ${marker} ]; then echo "not initialised yet, or half-initialised" >&2; exit 1; fi; "$@"`,
          'probe',
          ...started,
        ]
      : started;
  // opening the port says less than the startup command does, but as much as a restart should hang on
  const alive = spec.livenessCommand ?? (spec.readinessCommand ? started : undefined);
  return {
    startupProbe: {
      ...command(initialised),
      periodSeconds: 3,
      timeoutSeconds: 10,
      failureThreshold: Math.ceil(startup / 3),
    },
    readinessProbe: { ...command(spec.readinessCommand), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...command(alive), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
  };
}
