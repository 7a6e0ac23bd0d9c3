import { databaseServers } from '../../inspect/databases';
import { at, number, texts } from '../../inspect/json';
import { eachPod, Rule } from '../rule';

export const graceCoversTheStop: Rule<'grace-covers-the-stop'> = {
  id: 'grace-covers-the-stop',
  summary: 'The grace period of a pod covers the time that it needs to stop.',
  rationale:
    'With a shorter one, the kubelet kills the pod in the middle of a write. Data that is not flushed is lost, ' +
    'and a database must recover at its next start.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  fix: {
    construct: "Keep the default, or set 'shutdownTimeout' to the time that the app needs.",
    yaml: "Increase 'terminationGracePeriodSeconds', to 120 or more for a database.",
  },
  safeDefault: {
    what: 'a grace period that covers the drain, `shutdownTimeout` and the sidecars',
    apply: (pod, { drain, stopSeconds }) => {
      pod.terminationGracePeriodSeconds ??= stopSeconds + (drain?.seconds ?? 0);
    },
  },
  ...eachPod(function* (pod) {
    const grace = number(pod.spec.terminationGracePeriodSeconds) ?? 30;
    const path = [...pod.at, 'terminationGracePeriodSeconds'];
    const server = databaseServers(pod).find(({ image }) => image.minimumGraceSeconds > grace);
    const sleeper = pod.containers.find(container => sleepSeconds(container.content) >= grace && grace > 0);
    if (server) {
      yield {
        at: path,
        message:
          `${server.image.title} in container '${server.container.name}' only has ${grace} seconds to stop, but ` +
          `needs ${server.image.minimumGraceSeconds} or more.`,
      };
    } else if (sleeper) {
      yield {
        at: path,
        severity: 'error',
        message:
          `The 'preStop' hook of container '${sleeper.name}' sleeps ${sleepSeconds(sleeper.content)} seconds of the ` +
          `grace period of ${grace}, which leaves no time to stop.`,
      };
    }
  }),
};

/** Returns how long the `preStop` hook sleeps, or 0 if it does not say. */
function sleepSeconds(container: unknown): number {
  const seconds = number(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds'));
  const command = texts(at(container, 'lifecycle', 'preStop', 'exec', 'command')).join(' ');
  return seconds ?? Number(/(?:^|[\s/;&])sleep (\d+)s?(?:$|[\s;&])/.exec(command)?.[1] ?? 0);
}
