import type { DatabaseImage } from '../../facts/images/database-image';
import { configFiles } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import { at, wholeNumber, texts } from '../../inspect/json';
import { eachPodAmong, Rule } from '../rule';

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
  ...eachPodAmong(function* (pod, inventory) {
    for (const { image, container } of databaseServers(pod)) {
      const scripts = configFiles(container, pod, inventory);
      const probes = {
        startupProbe: readProbe(container.content.startupProbe, scripts),
        livenessProbe: readProbe(container.content.livenessProbe, scripts),
      };
      if (failsInRecovery(image, probes.livenessProbe)) {
        yield {
          at: [...container.at, 'livenessProbe'],
          message:
            `The liveness probe of ${image.title} in container '${container.name}' kills a server that is still ` +
            'recovering or loading.',
        };
        continue;
      }
      const field = probes.startupProbe === undefined ? 'livenessProbe' : 'startupProbe';
      const seconds = secondsToRestart(image, probes[field]);
      if (seconds < MINIMUM_SECONDS[field]) {
        yield {
          at: [...container.at, field],
          message:
            `${image.title} in container '${container.name}' is restarted if it does not recover within ` +
            `${seconds} seconds.`,
        };
      }
    }
  }),
};

/** A probe, with its command and the scripts that the command runs. */
interface Probe {
  readonly content: unknown;
  /** The command with the scripts of ConfigMaps that it names; empty if it is not a command. */
  readonly command: string;
}

function readProbe(content: unknown, scripts: ReadonlyMap<string, string>): Probe | undefined {
  const command = texts(at(content, 'exec', 'command')).join(' ');
  const named = [...scripts].filter(([path]) => command.split(/[\s;&|()'"]+/).includes(path));
  return content === undefined
    ? undefined
    : { content, command: [command, ...named.map(([, script]) => script)].join('\n') };
}

/** Whether a probe asks the server in a way that fails while it recovers or loads. */
function failsInRecovery({ healthCommand }: DatabaseImage, probe: Probe | undefined): boolean {
  return (
    probe !== undefined &&
    healthCommand !== undefined &&
    healthCommand.asks.test(probe.command) &&
    !healthCommand.toleratesRecovery.test(probe.command)
  );
}

/** Returns how long a server that does not recover runs until a probe restarts it. */
function secondsToRestart(image: DatabaseImage, probe: Probe | undefined): number {
  if (probe === undefined || !asksServer(image, probe) || toleratesRecovery(image, probe)) {
    return Infinity;
  }
  const field = (name: string, defaultValue: number) => wholeNumber(at(probe.content, name)) ?? defaultValue;
  return field('initialDelaySeconds', 0) + field('periodSeconds', 10) * field('failureThreshold', 3);
}

/** Programs that connect to a server of any engine. */
const CONNECTING_PROGRAMS = ['nc', 'ncat', 'telnet', 'curl', 'wget', 'mongo'];

/**
 * Whether a probe connects to the server, as far as its command shows. Commands such as `ls` do not, and nothing is
 * known about a script of the image.
 */
function asksServer({ clients, healthCommand }: DatabaseImage, { content, command }: Probe): boolean {
  return (
    command === '' ||
    at(content, 'exec') === undefined ||
    healthCommand?.asks.test(command) === true ||
    command.includes('/dev/tcp/') ||
    [...clients, ...CONNECTING_PROGRAMS].some(program => runs(program).test(command))
  );
}

/** Whether a probe succeeds with the answer that a server gives while it loads. */
function toleratesRecovery(image: DatabaseImage, { content, command }: Probe): boolean {
  const { healthCommand, clients, answersWhileLoading } = image;
  const isTolerant = healthCommand?.asks.test(command) === true && healthCommand.toleratesRecovery.test(command);
  const isPing = clients.some(client => pings(client, command));
  const acceptsAnyAnswer = at(content, 'tcpSocket') !== undefined || (isPing && !/[|[]| -e\b|grep|PONG/.test(command));
  return answersWhileLoading && (isTolerant || acceptsAnyAnswer);
}

/** Whether a line of a command runs `ping` with a client. */
function pings(client: string, command: string): boolean {
  return command.split('\n').some(line => {
    const start = line.search(new RegExp(`\\b${client}\\b`, 'i'));
    return start >= 0 && /\bping\b/i.test(line.slice(start + client.length));
  });
}

/** Matches the name of a program as a word of a command, with or without its directory. */
function runs(program: string): RegExp {
  return new RegExp(`(?:^|[\\s/;&|(\`'"])${program}(?:$|[\\s;&|)\`'"])`);
}
