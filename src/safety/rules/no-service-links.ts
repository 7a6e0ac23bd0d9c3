import { eachPod, Rule } from '../rule';

export const noServiceLinks: Rule<'no-service-links'> = {
  id: 'no-service-links',
  summary: 'no pod has a variable for each Service of its namespace',
  rationale: "a Service that is called 'redis' sets REDIS_PORT=tcp://..., which breaks apps and images that read it",
  severity: 'warning',
  documentationUrl: 'https://github.com/bitnami/charts/issues/2828',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'enableServiceLinks: false' in the pod's spec",
  },
  safeDefault: {
    what: '`enableServiceLinks: false`',
    apply: pod => {
      pod.enableServiceLinks ??= false;
    },
  },
  ...eachPod(function* (pod) {
    if (pod.spec.enableServiceLinks !== false) {
      yield {
        at: [...pod.at, 'enableServiceLinks'],
        message: 'the pod gets variables for all Services of its namespace',
      };
    }
  }),
};
