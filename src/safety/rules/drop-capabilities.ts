import { at, texts } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const dropCapabilities: Rule<'drop-capabilities'> = {
  id: 'drop-capabilities',
  summary: 'Every container drops all Linux capabilities.',
  rationale:
    'A process that becomes root gets the capabilities that its container keeps, for example to open raw sockets ' +
    'and to read the files of other users.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'capabilities: {drop: [ALL]}' in the 'securityContext' of each container.",
  },
  safeDefault: {
    what: '`drop: [ALL]`',
    apply: applyToContainers(container => {
      container.securityContext = { capabilities: { drop: ['ALL'] }, ...container.securityContext };
    }),
  },
  ...eachContainer(function* (container) {
    const added = capabilities(container, 'add').filter(capability => capability !== 'NET_BIND_SERVICE');
    if (!capabilities(container, 'drop').includes('ALL')) {
      yield { at: container.at, message: `Container '${container.name}' does not drop all Linux capabilities.` };
    } else if (added.length > 0) {
      const noun = added.length === 1 ? 'capability' : 'capabilities';
      yield {
        at: [...container.at, 'securityContext', 'capabilities', 'add'],
        message: `Container '${container.name}' adds the Linux ${noun} ${added.join(' and ')}.`,
      };
    }
  }),
};

/** The capabilities in one of the two lists of a container, in uppercase as the kernel names them. */
function capabilities({ content }: Container, list: 'add' | 'drop'): string[] {
  return texts(at(content, 'securityContext', 'capabilities', list)).map(capability => capability.toUpperCase());
}
