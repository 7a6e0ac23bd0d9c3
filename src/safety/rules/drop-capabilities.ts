import { BASELINE_CAPABILITIES } from '../../facts/pod-security';
import { at, texts } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { debugContainers, isPrivileged, isWindows } from '../../inspect/security';
import { applyToContainers, eachPod, Found, Rule } from '../rule';

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
  ...eachPod(function* (pod) {
    // another rule reports a privileged container, which has all capabilities
    const isChecked = (container: Container) => !isPrivileged(container) && !isWindows(pod);
    for (const container of pod.containers.filter(isChecked)) {
      const added = capabilities(container, 'add').filter(capability => capability !== 'NET_BIND_SERVICE');
      if (!capabilities(container, 'drop').includes('ALL')) {
        const more = added.length > 0 ? `, and adds ${added.join(' and ')}` : '';
        yield {
          at: container.at,
          message: `Container '${container.name}' does not drop all Linux capabilities${more}.`,
        };
      } else if (added.length > 0) {
        yield addition(container, added);
      }
    }
    // `kubectl debug` drops none by default
    for (const container of debugContainers(pod).filter(isChecked)) {
      const added = capabilities(container, 'add').filter(capability => !BASELINE_CAPABILITIES.includes(capability));
      if (added.length > 0) {
        yield addition(container, added);
      }
    }
  }),
};

function addition({ name, at: path }: Container, added: readonly string[]): Found {
  const noun = added.length === 1 ? 'capability' : 'capabilities';
  return {
    at: [...path, 'securityContext', 'capabilities', 'add'],
    message: `Container '${name}' adds the Linux ${noun} ${added.join(' and ')}.`,
  };
}

/** The capabilities in one of the two lists of a container, in uppercase as the kernel names them. */
function capabilities({ content }: Container, list: 'add' | 'drop'): string[] {
  return texts(at(content, 'securityContext', 'capabilities', list)).map(capability => capability.toUpperCase());
}
