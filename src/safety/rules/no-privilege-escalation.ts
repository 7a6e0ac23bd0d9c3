import { record } from '../../inspect/json';
import { applyToContainers, eachContainer, Rule } from '../rule';

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
  ...eachContainer(function* (container) {
    const { privileged, allowPrivilegeEscalation } = record(container.content.securityContext);
    if (privileged === true) {
      yield {
        at: [...container.at, 'securityContext', 'privileged'],
        message: `Container '${container.name}' is privileged.`,
      };
    } else if (allowPrivilegeEscalation !== false) {
      yield { at: container.at, message: `Processes of container '${container.name}' can gain privileges.` };
    }
  }),
};
