import { lastingMounts } from '../../inspect/container-mounts';
import { at, wholeNumber, texts } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { Server, serversOf } from '../../inspect/servers';
import { eachPod, Rule } from '../rule';

export const graceCoversTheStop: Rule<'grace-covers-the-stop'> = {
  id: 'grace-covers-the-stop',
  summary: 'The grace period of a pod covers the time that it needs to stop.',
  rationale:
    'With a shorter one, the kubelet kills the pod in the middle of a write. Data that is not flushed is lost, ' +
    'and a server must recover at its next start.',
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
    const grace = wholeNumber(pod.spec.terminationGracePeriodSeconds) ?? DEFAULT_GRACE;
    const path = [...pod.at, 'terminationGracePeriodSeconds'];
    const server = slowServer(pod, grace);
    const sleeper = pod.containers.find(container => sleepSeconds(container.content) >= grace && grace > 0);
    if (server) {
      yield {
        at: path,
        severity: grace < DEFAULT_GRACE || server.image.savesAtStop === true ? 'warning' : 'info',
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

/** The grace period of Kubernetes. Most servers recover without a loss if it is too short for them. */
const DEFAULT_GRACE = 30;

/** Returns a server that needs more time to stop. A server without a lasting volume has nothing to save. */
function slowServer(pod: Pod, grace: number): Server | undefined {
  return serversOf(pod).find(
    ({ image, container }) =>
      (image.minimumGraceSeconds ?? 0) > grace && lastingMounts(pod, container).some(({ readOnly }) => !readOnly),
  );
}

/** Returns how long the `preStop` hook sleeps, or 0 if it does not say. */
function sleepSeconds(container: unknown): number {
  const seconds = wholeNumber(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds'));
  const command = texts(at(container, 'lifecycle', 'preStop', 'exec', 'command')).join(' ');
  return seconds ?? Number(/(?:^|[\s/;&])sleep (\d+)s?(?:$|[\s;&])/.exec(command)?.[1] ?? 0);
}
