import { securityAt, securityOf } from '../../inspect/security';
import { eachPod, Rule } from '../rule';

export const seccompProfile: Rule<'seccomp-profile'> = {
  id: 'seccomp-profile',
  summary: 'every container has a seccomp profile',
  rationale: 'without one it may make every call of the kernel, those of most break-outs too',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'seccompProfile: {type: RuntimeDefault}' in the pod's 'securityContext'",
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
        message: `container '${without.name}' has no seccomp profile`,
      };
    }
  }),
};
