import { at, number, texts } from '../../inspect/json';
import { eachDatabase, Rule } from '../rule';

export const livenessSparesRecovery: Rule<'liveness-spares-recovery'> = {
  id: 'liveness-spares-recovery',
  summary: 'no probe ends a database that recovers',
  rationale: 'it is killed in the middle of its recovery, which begins anew, and never ends',
  severity: 'error',
  documentationUrl: 'https://github.com/sapcc/openstack-helm/issues/64',
  fix: {
    construct: "take a 'StatefulDatabase', or give it a longer 'startupTimeout'",
    yaml:
      "add a 'startupProbe' of many minutes, 'periodSeconds' times 'failureThreshold', or leave the " +
      "'livenessProbe' out",
  },
  safeDefault: { what: 'a startup probe of one hour, and a liveness probe that takes a server in recovery for alive' },
  ...eachDatabase(function* ({ image, container }) {
    const { startupProbe, livenessProbe } = container.content;
    const command = texts(at(livenessProbe, 'exec', 'command')).join(' ');
    // a server in recovery answers that it does
    if (
      (/\bpg_isready\b/.test(command) && !/\$\?|\|\||;/.test(command)) ||
      (/\bPONG\b/.test(command) && !/LOADING/.test(command))
    ) {
      yield {
        at: [...container.at, 'livenessProbe'],
        message:
          `the liveness probe of ${image.title} in container '${container.name}' takes a server that recovers or ` +
          'loads for a dead one',
      };
      return;
    }
    const [probe, least] = startupProbe === undefined ? [livenessProbe, 300] : [startupProbe, 60];
    const budget = probe === undefined || (image.answersWhileLoading && isAnswered(probe)) ? Infinity : budgetOf(probe);
    if (budget < least) {
      yield {
        at: [...container.at, startupProbe === undefined ? 'livenessProbe' : 'startupProbe'],
        message:
          `${image.title} in container '${container.name}' is restarted when it has not recovered within ` +
          `${budget} seconds`,
      };
    }
  }),
};

/** Redis and Valkey listen while they load, and their client fails for no answer that it gets. */
function isAnswered(probe: unknown): boolean {
  const command = texts(at(probe, 'exec', 'command')).join(' ');
  return (
    at(probe, 'tcpSocket') !== undefined ||
    (/\b(?:redis|valkey)-cli\b.*\bping\b/i.test(command) && !/[|[]| -e\b|grep|PONG/.test(command))
  );
}

/** Until a container is restarted that never answers. */
function budgetOf(probe: unknown): number {
  const of = (key: string, otherwise: number) => number(at(probe, key)) ?? otherwise;
  return of('initialDelaySeconds', 0) + of('periodSeconds', 10) * of('failureThreshold', 3);
}
