import { readImage } from '../../checks/image';
import { isPinned } from '../../predicates/is-pinned';
import { eachContainer, Rule } from '../rule';

export const pinnedImage: Rule<'pinned-image'> = {
  id: 'pinned-image',
  summary: 'no image changes under its reference',
  rationale:
    'replicas run different images after a restart, a rollback brings nothing back, and a database may start ' +
    'another major version on its files',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: {
    construct: "give 'image' a tag of one release, or a digest",
    yaml: "write a tag of one release, 'postgres:17.11-trixie', or add a digest",
  },
  safeDefault: { what: 'a tag other than `latest`, or a digest' },
  ...eachContainer(function* ({ name, image, at: here }) {
    if (image === '' || isPinned(image)) {
      return;
    }
    const { tag } = readImage(image);
    const what = tag === undefined ? "has no tag and means 'latest'" : `has the tag '${tag}', which moves`;
    yield { at: [...here, 'image'], message: `the image '${image}' of container '${name}' ${what}` };
  }),
};
