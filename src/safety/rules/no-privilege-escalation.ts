import { record } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { debugContainers, isPrivileged, isWindows } from '../../inspect/security';
import { applyToContainers, eachPod, Found, Rule } from '../rule';

export const noPrivilegeEscalation: Rule<'no-privilege-escalation'> = {
  id: 'no-privilege-escalation',
  summary: 'No process can gain privileges.',
  rationale: 'Without this restriction, a setuid program of the image can make a process root again.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'allowPrivilegeEscalation: false' in the 'securityContext' of each container. Omit 'privileged'.",
  },
  safeDefault: {
    what: '`allowPrivilegeEscalation: false`',
    apply: applyToContainers(container => {
      container.securityContext = { allowPrivilegeEscalation: false, ...container.securityContext };
    }),
  },
  ...eachPod(function* (pod) {
    if (isWindows(pod)) {
      return;
    }
    for (const container of [...pod.containers, ...debugContainers(pod)].filter(isPrivileged)) {
      yield privileged(container);
    }
    for (const container of pod.containers.filter(candidate => !isPrivileged(candidate))) {
      if (record(container.content.securityContext).allowPrivilegeEscalation !== false) {
        yield { at: container.at, message: `Processes of container '${container.name}' can gain privileges.` };
      }
    }
  }),
};

function privileged({ name, at }: Container): Found {
  return { at: [...at, 'securityContext', 'privileged'], message: `Container '${name}' is privileged.` };
}
