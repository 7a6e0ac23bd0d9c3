import { isServed } from '../../inspect/cluster';
import { list } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const healthCheck: Rule<'health-check'> = {
  id: 'health-check',
  summary: 'Every app container has a probe.',
  rationale:
    'Without probes, a hung app is not restarted, and connections are routed to an app that has not started yet.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  fix: {
    construct: "Set 'port' or 'healthCheck'.",
    yaml: "Add a 'readinessProbe' to each container, and a 'livenessProbe' if a restart would help.",
  },
  safeDefault: { what: 'startup, readiness and liveness probes' },
  ...eachPodAmong(function* (pod, inventory) {
    const isException = !runsForever(pod);
    const apps = pod.containers.filter(({ role }) => role === 'app');
    const isProbed = apps.some(hasProbe);
    for (const [i, container] of apps.entries()) {
      if (!hasProbe(container) && !(isProbed && i > 0 && isHelper(container))) {
        yield {
          at: container.at,
          message: `Container '${container.name}' has neither a readiness probe nor a liveness probe.`,
          isException,
        };
      }
    }
    const has = (probe: string) => apps.some(({ content }) => content[probe] !== undefined);
    if (isServed(pod, inventory) && has('livenessProbe') && !has('readinessProbe')) {
      yield {
        at: apps[0].at,
        message: 'No container has a readiness probe, so connections are routed to the pod before it can serve them.',
        isException,
      };
    }
  }),
};

/** The pods of Jobs end, and so can bare pods that are not restarted. */
function runsForever({ object: { kind }, spec }: Pod): boolean {
  return kind !== 'Job' && kind !== 'CronJob' && (spec.restartPolicy === undefined || spec.restartPolicy === 'Always');
}

function hasProbe({ content }: Container): boolean {
  return content.readinessProbe !== undefined || content.livenessProbe !== undefined;
}

/** Whether a container next to the app serves no connections, such as one that rotates logs or synchronizes files. */
function isHelper({ content }: Container): boolean {
  return list(content.ports).length === 0;
}
