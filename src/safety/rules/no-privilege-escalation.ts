import { at } from '../../inspect/json';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const noPrivilegeEscalation: Rule<'no-privilege-escalation'> = {
  id: 'no-privilege-escalation',
  summary: 'no process gains privileges',
  rationale: 'a setuid program of the image makes a process root again',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'allowPrivilegeEscalation: false' in each container's 'securityContext', and no 'privileged: true'",
  },
  safeDefault: {
    what: '`allowPrivilegeEscalation: false`',
    apply: applyToContainers(container => {
      container.securityContext = { allowPrivilegeEscalation: false, ...container.securityContext };
    }),
  },
  ...eachContainer(function* ({ name, content, at: here }) {
    if (at(content, 'securityContext', 'privileged') === true) {
      yield { at: [...here, 'securityContext', 'privileged'], message: `container '${name}' is privileged` };
    } else if (at(content, 'securityContext', 'allowPrivilegeEscalation') !== false) {
      yield { at: here, message: `processes of container '${name}' may gain privileges` };
    }
  }),
};
