import { at } from '../../inspect/json';
import { isPrivileged, isWindows, securityAt, securityOf } from '../../inspect/security';
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
    if (isWindows(pod)) {
      return;
    }
    const checked = pod.containers.filter(container => !isPrivileged(container));
    const without = checked.find(container => !isConfined(securityOf(pod, container, 'seccompProfile', 'type')));
    const type = at(pod.spec, 'securityContext', 'seccompProfile', 'type');
    if (without) {
      yield {
        at: securityAt(pod, without, 'seccompProfile', 'type'),
        message: `Container '${without.name}' runs without a seccomp profile.`,
      };
    } else if (checked.length > 0 && type !== undefined && !isConfined(type)) {
      yield {
        at: [...pod.at, 'securityContext', 'seccompProfile', 'type'],
        message: `The pod sets the seccomp profile '${String(type)}', which its containers override.`,
      };
    }
  }),
};

function isConfined(type: unknown): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}
