import { securityAt, securityOf } from '../../inspect/security';
import { eachPod, Rule } from '../rule';

export const seccompProfile: Rule<'seccomp-profile'> = {
  id: 'seccomp-profile',
  summary: 'Every container has a seccomp profile.',
  rationale:
    'Without a profile, its processes can make every system call, including those that most container escapes use.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'seccompProfile: {type: RuntimeDefault}' in the 'securityContext' of the pod.",
  },
  safeDefault: {
    what: '`RuntimeDefault`',
    apply: pod => {
      pod.securityContext = { seccompProfile: { type: 'RuntimeDefault' }, ...pod.securityContext };
    },
  },
  ...eachPod(function* (pod) {
    const without = pod.containers.find(
      container =>
        !['RuntimeDefault', 'Localhost'].includes(String(securityOf(pod, container, 'seccompProfile', 'type'))),
    );
    if (without) {
      yield {
        at: securityAt(pod, without, 'seccompProfile', 'type'),
        message: `Container '${without.name}' runs without a seccomp profile.`,
      };
    }
  }),
};
