import { isServed } from '../../inspect/cluster';
import { databaseServers } from '../../inspect/databases';
import { at } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const drainBeforeStop: Rule<'drain-before-stop'> = {
  id: 'drain-before-stop',
  summary: 'A pod keeps serving while connections are still routed to it.',
  rationale:
    'For a few seconds after a pod starts to terminate, new connections are still routed to it. An app that has ' +
    'stopped refuses them.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
  fix: {
    construct: "Use 'AppWorkload' and keep its 'preStop' hook.",
    yaml: "Set 'lifecycle.preStop.sleep.seconds: 5' in the container.",
  },
  safeDefault: {
    what: 'a `preStop` hook that sleeps five seconds before SIGTERM',
    apply: (pod, { drain }) => {
      const [app] = pod.containers;
      app.lifecycle = drain ? { preStop: drain.preStop, ...app.lifecycle } : app.lifecycle;
    },
  },
  ...eachPodAmong(function* (pod, inventory) {
    if (!SERVING_KINDS.includes(pod.object.kind)) {
      return;
    }
    const apps = pod.containers.filter(({ role }) => role === 'app');
    if (
      isServed(pod, inventory) &&
      apps.length > 0 &&
      apps.every(({ content }) => at(content, 'lifecycle', 'preStop') === undefined)
    ) {
      yield {
        at: [...apps[0].at, 'lifecycle'],
        message: `Container '${apps[0].name}' has no 'preStop' hook, so it stops before connections are rerouted.`,
        isException: isDatabase(pod),
      };
    }
  }),
};

/** The kinds whose pods a Service can route connections to while others of them stop. */
const SERVING_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];

const CLAIM_TYPES = ['volumeClaimTemplate', 'persistentVolumeClaim'];

/** Whether the clients of a pod reconnect to the same pod: a database, or another StatefulSet that keeps data. */
function isDatabase(pod: Pod): boolean {
  return (
    databaseServers(pod).length > 0 ||
    (pod.object.kind === 'StatefulSet' && pod.volumes.some(({ type }) => CLAIM_TYPES.includes(type)))
  );
}
