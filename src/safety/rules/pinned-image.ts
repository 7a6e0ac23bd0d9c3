import { readImage } from '../../checks/image';
import { databaseImage } from '../../inspect/databases';
import { eachContainer, Rule } from '../rule';

export const pinnedImage: Rule = {
  id: 'pinned-image',
  summary: 'no image changes under its reference',
  why: 'replicas run different images after a restart, a rollback brings nothing back, and a database may start another major version on its files',
  severity: 'error',
  see: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: {
    construct: 'give \'image\' a tag of one release, or a digest',
    yaml: 'write a tag of one release, \'postgres:17.11-trixie\', or add a digest',
  },
  safeDefault: { what: 'a tag other than `latest`, or a digest' },
  ...eachContainer(function* ({ name, image, at: here }) {
    if (image === '' || isPinned(image)) {
      return;
    }
    const { tag } = readImage(image);
    const what = tag === undefined ? 'has no tag and means \'latest\'' : `has the tag '${tag}', which moves`;
    yield { at: [...here, 'image'], message: `the image '${image}' of container '${name}' ${what}` };
  }),
};

/** Tags that are given to one release after another. */
const MOVING = /^(?:latest|stable|main(?:line)?|master|edge|nightly|dev(?:el(?:op(?:ment)?)?)?|lts|rolling|canary|prod(?:uction)?|staging|test(?:ing)?|alpine|slim|bookworm|trixie|noble|jammy|innovation)(?:-[a-z]+)?$/i;

/** Whether an image has a digest, or a tag that is given but once; of a database a major version is none. */
export function isPinned(image: string): boolean {
  const { tag, digest } = readImage(image);
  if (digest !== undefined) {
    return true;
  }
  return tag !== undefined && !MOVING.test(tag) && !(/^\d+(?:-[a-z][a-z0-9.]*)?$/.test(tag) && databaseImage(image));
}
