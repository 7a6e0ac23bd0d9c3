import type { DatabaseImage } from '../../facts/images/database-image';
import { at, number, texts } from '../../inspect/json';
import { eachDatabase, Rule } from '../rule';

/** The seconds that a startup probe, and a liveness probe without one, should allow at least. */
const MINIMUM_SECONDS = { startupProbe: 60, livenessProbe: 300 };

export const livenessSparesRecovery: Rule<'liveness-spares-recovery'> = {
  id: 'liveness-spares-recovery',
  summary: 'No probe restarts a database while it recovers.',
  rationale: 'Such a probe kills the server in the middle of its recovery, which then starts over and never ends.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/sapcc/openstack-helm/issues/64',
  fix: {
    construct: "Use a 'StatefulDatabase', or set a longer 'startupTimeout'.",
    yaml:
      "Add a 'startupProbe' that allows many minutes ('periodSeconds' times 'failureThreshold'), or remove the " +
      "'livenessProbe'.",
  },
  safeDefault: { what: 'a startup probe of one hour, and a liveness probe that succeeds while the server recovers' },
  ...eachDatabase(function* ({ image, container }) {
    const { startupProbe, livenessProbe } = container.content;
    if (failsInRecovery(image, livenessProbe)) {
      yield {
        at: [...container.at, 'livenessProbe'],
        message:
          `The liveness probe of ${image.title} in container '${container.name}' kills a server that is still ` +
          'recovering or loading.',
      };
      return;
    }
    const field = startupProbe === undefined ? 'livenessProbe' : 'startupProbe';
    const seconds = secondsToRestart(image, container.content[field]);
    if (seconds < MINIMUM_SECONDS[field]) {
      yield {
        at: [...container.at, field],
        message:
          `${image.title} in container '${container.name}' is restarted if it does not recover within ` +
          `${seconds} seconds.`,
      };
    }
  }),
};

/** Whether a probe asks the server in a way that fails while it recovers or loads. */
function failsInRecovery({ healthCommand }: DatabaseImage, probe: unknown): boolean {
  const command = commandOf(probe);
  return (
    healthCommand !== undefined && healthCommand.asks.test(command) && !healthCommand.toleratesRecovery.test(command)
  );
}

/** Returns how long a server that does not recover runs until a probe restarts it. */
function secondsToRestart(image: DatabaseImage, probe: unknown): number {
  if (probe === undefined || (image.answersWhileLoading && acceptsAnyAnswer(image, probe))) {
    return Infinity;
  }
  const field = (name: string, defaultValue: number) => number(at(probe, name)) ?? defaultValue;
  return field('initialDelaySeconds', 0) + field('periodSeconds', 10) * field('failureThreshold', 3);
}

/** Whether a probe succeeds with any answer of the server: it connects to the port, or ignores the answer to a ping. */
function acceptsAnyAnswer({ clients }: DatabaseImage, probe: unknown): boolean {
  const command = commandOf(probe);
  const isPing = clients.some(client => new RegExp(`\\b${client}\\b.*\\bping\\b`, 'i').test(command));
  return at(probe, 'tcpSocket') !== undefined || (isPing && !/[|[]| -e\b|grep|PONG/.test(command));
}

function commandOf(probe: unknown): string {
  return texts(at(probe, 'exec', 'command')).join(' ');
}
