import { readImage } from '../../checks/image';
import { JsonPath, text } from '../../inspect/json';
import { isPinned } from '../../predicates/is-pinned';
import { eachPod, Found, Rule } from '../rule';

export const pinnedImage: Rule<'pinned-image'> = {
  id: 'pinned-image',
  summary: 'Every image is pinned to one release.',
  rationale:
    'With a tag that moves, replicas run different images after a restart, a rollback has no effect, and a ' +
    'database can start another major version on its files.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: {
    construct: "Set 'image' to a tag of one release, or to a digest.",
    yaml: "Use the tag of one release, for example 'postgres:17.11-trixie', or add a digest.",
  },
  safeDefault: { what: 'a tag of one release or a digest is required' },
  ...eachPod(function* ({ containers, volumes }) {
    for (const { name, image, at } of containers) {
      yield* problemOf(`Container '${name}'`, image, [...at, 'image']);
    }
    for (const { name, type, source, at } of volumes) {
      if (type === 'image') {
        yield* problemOf(`Volume '${name}'`, text(source.reference) ?? '', [...at, 'image', 'reference']);
      }
    }
  }),
};

function* problemOf(user: string, image: string, path: JsonPath): Iterable<Found> {
  if (image === '' || isPinned(image)) {
    return;
  }
  const { tag } = readImage(image);
  const reason = tag === undefined ? " without a tag, which means 'latest'" : ', whose tag moves to later releases';
  yield { at: path, message: `${user} uses the image '${image}'${reason}.` };
}
