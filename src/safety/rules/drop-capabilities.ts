import { at, texts } from '../../inspect/json';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const dropCapabilities: Rule<'drop-capabilities'> = {
  id: 'drop-capabilities',
  summary: 'every container gives up the capabilities of root',
  rationale: "a process that becomes root gets what the runtime grants: other owners' files, raw sockets",
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'capabilities: {drop: [ALL]}' in each container's 'securityContext'",
  },
  safeDefault: {
    what: '`drop: [ALL]`',
    apply: applyToContainers(container => {
      container.securityContext = { capabilities: { drop: ['ALL'] }, ...container.securityContext };
    }),
  },
  ...eachContainer(function* ({ name, content, at: here }) {
    const capabilities = (what: string) =>
      texts(at(content, 'securityContext', 'capabilities', what)).map(capability => capability.toUpperCase());
    const added = capabilities('add').filter(capability => capability !== 'NET_BIND_SERVICE');
    if (!capabilities('drop').includes('ALL')) {
      yield { at: here, message: `container '${name}' keeps the capabilities that the runtime grants` };
    } else if (added.length > 0) {
      yield {
        at: [...here, 'securityContext', 'capabilities', 'add'],
        message: `container '${name}' gets the capability ${added.join(' and ')}`,
      };
    }
  }),
};
