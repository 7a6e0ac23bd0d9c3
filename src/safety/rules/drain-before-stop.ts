import { isServed } from '../../inspect/cluster';
import { databaseServers } from '../../inspect/databases';
import { at } from '../../inspect/json';
import { eachPodAmong, Rule } from '../rule';

export const drainBeforeStop: Rule<'drain-before-stop'> = {
  id: 'drain-before-stop',
  summary: 'a pod serves on while connections are still routed to it',
  rationale: 'for some seconds after a pod is told to stop, connections go to it and are refused',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
  fix: {
    construct: 'leave the default in place',
    yaml: "give the container 'lifecycle.preStop.sleep.seconds: 5'",
  },
  safeDefault: {
    what: 'five seconds between the decision to stop and SIGTERM',
    apply: (pod, { drain }) => {
      const [app] = pod.containers;
      app.lifecycle = drain ? { preStop: drain.preStop, ...app.lifecycle } : app.lifecycle;
    },
  },
  ...eachPodAmong(function* (pod, inventory) {
    if (pod.object.kind !== 'Deployment' || databaseServers(pod).length > 0) {
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
        message: `container '${apps[0].name}' stops at once, while connections are still routed to it`,
      };
    }
  }),
};
