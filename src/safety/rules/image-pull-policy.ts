import { JsonPath, text } from '../../inspect/json';
import { isPinned } from '../../predicates/is-pinned';
import { applyToContainers, eachPod, Found, Rule } from '../rule';

export const imagePullPolicy: Rule<'image-pull-policy'> = {
  id: 'image-pull-policy',
  summary: 'A pinned image is only pulled if it is not on the node.',
  rationale:
    "With 'Always', no pod restarts while the registry is unavailable. With 'Never', no pod starts on a new node.",
  severity: 'info',
  profile: 'hygiene',
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
  ...eachPod(function* ({ containers, volumes }) {
    for (const { name, image, content, at } of containers) {
      yield* problemOf({ subject: `Container '${name}'`, verb: 'start' }, image, content.imagePullPolicy, [
        ...at,
        'imagePullPolicy',
      ]);
    }
    for (const { name, type, source, at } of volumes) {
      if (type === 'image') {
        const path = [...at, 'image', 'pullPolicy'];
        const image = text(source.reference) ?? '';
        yield* problemOf({ subject: `Volume '${name}'`, verb: 'be mounted' }, image, source.pullPolicy, path);
      }
    }
  }),
};

/** A container or volume, and what it needs its image for. */
interface ImageUser {
  readonly subject: string;
  readonly verb: string;
}

function* problemOf({ subject, verb }: ImageUser, image: string, policy: unknown, path: JsonPath): Iterable<Found> {
  if (policy === 'Never') {
    yield { at: path, message: `${subject} has the pull policy 'Never', so it needs its image on every node.` };
  } else if (policy === 'Always' && isPinned(image)) {
    yield {
      at: path,
      message:
        `${subject} has the pull policy 'Always' for the pinned image '${image}', so it cannot ${verb} without the ` +
        'registry.',
    };
  }
}
