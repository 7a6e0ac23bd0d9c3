import { eachPod, Rule } from '../rule';

export const noServiceLinks: Rule<'no-service-links'> = {
  id: 'no-service-links',
  summary: 'Pods get no environment variables for the Services of their namespace.',
  rationale: "A Service named 'redis' sets REDIS_PORT=tcp://..., which breaks apps and images that read this variable.",
  severity: 'info',
  profile: 'hygiene',
  documentationUrl: 'https://github.com/bitnami/charts/issues/2828',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'enableServiceLinks: false' in the pod spec.",
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
        message: 'The pod gets environment variables for all Services of its namespace.',
      };
    }
  }),
};
