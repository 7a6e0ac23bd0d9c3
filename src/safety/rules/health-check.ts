import { isServed } from '../../inspect/cluster';
import type { Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const healthCheck: Rule<'health-check'> = {
  id: 'health-check',
  summary: 'the app of every pod is probed',
  rationale: 'a hung app goes unseen, and connections are routed to one that has not started',
  severity: 'warning',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  fix: {
    construct: "give 'port' or 'health'",
    yaml: "give each container a 'readinessProbe', and a 'livenessProbe' where a restart would help",
  },
  safeDefault: { what: 'startup, readiness and liveness probes' },
  ...eachPodAmong(function* (pod, inventory) {
    if (!runsOn(pod)) {
      return;
    }
    const apps = pod.containers.filter(({ role }) => role === 'app');
    for (const { name, content, at: here } of apps) {
      if (content.readinessProbe === undefined && content.livenessProbe === undefined) {
        yield { at: here, message: `container '${name}' has no probe` };
      }
    }
    const has = (probe: string) => apps.some(({ content }) => content[probe] !== undefined);
    if (isServed(pod, inventory) && has('livenessProbe') && !has('readinessProbe')) {
      yield {
        at: apps[0].at,
        message: 'connections are routed to the pod before it can serve, for no container has a readiness probe',
      };
    }
  }),
};

/** Whether it is meant to run on: the pods of Jobs end, and so may bare pods that are not restarted. */
function runsOn({ object: { kind }, spec }: Pod): boolean {
  return kind !== 'Job' && kind !== 'CronJob' && (spec.restartPolicy === undefined || spec.restartPolicy === 'Always');
}
