import { databaseServers } from '../../inspect/databases';
import { at, number, texts } from '../../inspect/json';
import { eachPod, Rule } from '../rule';

export const graceCoversTheStop: Rule<'grace-covers-the-stop'> = {
  id: 'grace-covers-the-stop',
  summary: 'a pod has the time that it needs to stop',
  rationale:
    'SIGKILL ends it in the middle of a write: what is not flushed is lost, and a database recovers at its next ' +
    'start',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  fix: {
    construct: "leave the default in place, or give 'shutdownTimeout' what the app needs",
    yaml: "raise 'terminationGracePeriodSeconds': two minutes or more for a database",
  },
  safeDefault: {
    what: 'a grace period of drain, `shutdownTimeout` and what the sidecars need',
    apply: (pod, { drain, stopSeconds }) => {
      pod.terminationGracePeriodSeconds ??= stopSeconds + (drain?.seconds ?? 0);
    },
  },
  ...eachPod(function* (pod) {
    const grace = number(pod.spec.terminationGracePeriodSeconds) ?? 30;
    const here = [...pod.at, 'terminationGracePeriodSeconds'];
    const server = databaseServers(pod).find(({ image }) => image.leastGraceSeconds > grace);
    const sleeper = pod.containers.find(container => sleepSeconds(container.content) >= grace && grace > 0);
    if (server) {
      yield {
        at: here,
        message: `${server.image.title} in container '${server.container.name}' has ${grace} seconds to stop`,
      };
    } else if (sleeper) {
      yield {
        at: here,
        message:
          `container '${sleeper.name}' sleeps ${sleepSeconds(sleeper.content)} of its ${grace} seconds before it ` +
          'is told to stop',
      };
    }
  }),
};

/** How long the hook before the stop sleeps, where it says so. */
function sleepSeconds(container: unknown): number {
  const seconds = number(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds'));
  const command = texts(at(container, 'lifecycle', 'preStop', 'exec', 'command')).join(' ');
  return seconds ?? Number(/(?:^|[\s/;&])sleep (\d+)s?(?:$|[\s;&])/.exec(command)?.[1] ?? 0);
}
