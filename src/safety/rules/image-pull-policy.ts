import { isPinned } from '../../predicates/is-pinned';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const imagePullPolicy: Rule<'image-pull-policy'> = {
  id: 'image-pull-policy',
  summary: 'A pinned image is only pulled if it is not on the node.',
  rationale:
    "With 'Always', no pod restarts while the registry is unavailable. With 'Never', no pod starts on a new node.",
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'imagePullPolicy: IfNotPresent' and use a pinned image.",
  },
  safeDefault: {
    what: '`IfNotPresent`',
    apply: applyToContainers(container => {
      container.imagePullPolicy ??= 'IfNotPresent';
    }),
  },
  ...eachContainer(function* (container) {
    const path = [...container.at, 'imagePullPolicy'];
    const policy = container.content.imagePullPolicy;
    if (policy === 'Never') {
      yield {
        at: path,
        message: `Container '${container.name}' has the pull policy 'Never', so it needs its image on every node.`,
      };
    } else if (policy === 'Always' && isPinned(container.image)) {
      yield {
        at: path,
        message:
          `Container '${container.name}' has the pull policy 'Always' for the pinned image '${container.image}', so ` +
          'it cannot start without the registry.',
      };
    }
  }),
};
