import { at } from '../../inspect/json';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const readOnlyRootFilesystem: Rule<'read-only-root-filesystem'> = {
  id: 'read-only-root-filesystem',
  summary: 'every container writes to volumes alone',
  rationale: 'what is written to its own layer is lost with the container, and unbounded until then',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  fix: {
    construct: "leave the default in place, and give what the app writes to in 'scratch'",
    yaml:
      "set 'readOnlyRootFilesystem: true' in each container's 'securityContext', and mount an 'emptyDir' with a " +
      "'sizeLimit' where it writes",
  },
  safeDefault: {
    what: '`readOnlyRootFilesystem: true`, with a bounded `/tmp` and `scratch`',
    apply: applyToContainers(container => {
      container.securityContext = { readOnlyRootFilesystem: true, ...container.securityContext };
    }),
  },
  ...eachContainer(function* ({ name, content, at: here }) {
    if (at(content, 'securityContext', 'readOnlyRootFilesystem') !== true) {
      yield { at: here, message: `container '${name}' may write to its own layer` };
    }
  }),
};
