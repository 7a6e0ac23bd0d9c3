import { isPinned } from '../../predicates/is-pinned';
import { applyToContainers, eachContainer, Rule } from '../rule';

export const imagePullPolicy: Rule<'image-pull-policy'> = {
  id: 'image-pull-policy',
  summary: 'a pod starts with the image that its node has',
  rationale: "with 'Always' no pod restarts while the registry is away, with 'Never' none starts on a new node",
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'imagePullPolicy: IfNotPresent', with an image that is pinned",
  },
  safeDefault: {
    what: '`IfNotPresent`',
    apply: applyToContainers(container => {
      container.imagePullPolicy ??= 'IfNotPresent';
    }),
  },
  ...eachContainer(function* ({ name, image, content, at: here }) {
    const policy = content.imagePullPolicy;
    if (policy === 'Never' || (policy === 'Always' && isPinned(image))) {
      yield {
        at: [...here, 'imagePullPolicy'],
        message: `container '${name}' has the pull policy '${policy}' for the pinned image '${image}'`,
      };
    }
  }),
};
