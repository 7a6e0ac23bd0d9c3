import { at } from '../../inspect/json';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const readOnlyRootFilesystem: Rule<'read-only-root-filesystem'> = {
  id: 'read-only-root-filesystem',
  summary: 'Every container has a read-only root filesystem.',
  rationale: 'On a writable root filesystem, files are lost with the container and their size is not limited.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  fix: {
    construct:
      "Use 'AppWorkload', keep its default, and set the directories that the app writes to in 'writableDirectories'.",
    yaml:
      "Set 'readOnlyRootFilesystem: true' in the 'securityContext' of each container, and mount an 'emptyDir' with a " +
      "'sizeLimit' at each directory that it writes to.",
  },
  safeDefault: {
    what: '`readOnlyRootFilesystem: true`, and a size limit for `/tmp` and `writableDirectories`',
    apply: applyToContainers(container => {
      container.securityContext = { readOnlyRootFilesystem: true, ...container.securityContext };
    }),
  },
  ...eachContainer(function* (container) {
    if (at(container.content, 'securityContext', 'readOnlyRootFilesystem') !== true) {
      yield { at: container.at, message: `Container '${container.name}' can write to its root filesystem.` };
    }
  }),
};
