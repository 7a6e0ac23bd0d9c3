import { readImage } from '../checks/image';
import { databaseImage } from '../inspect/databases';

/** Tags that are given to one release after another. */
const MOVING = new RegExp(
  `^(?:${[
    'latest|stable|main(?:line)?|master|edge|nightly|dev(?:el(?:op(?:ment)?)?)?|lts|rolling|canary|prod(?:uction)?|staging|test(?:ing)?',
    'alpine|slim|bookworm|trixie|noble|jammy|innovation',
  ].join('|')})(?:-[a-z]+)?$`,
  'i',
);

/** Whether an image has a digest, or a tag that is given but once; of a database a major version is none. */
export function isPinned(image: string): boolean {
  const { tag, digest } = readImage(image);
  if (digest !== undefined) {
    return true;
  }
  return tag !== undefined && !MOVING.test(tag) && !(/^\d+(?:-[a-z][a-z0-9.]*)?$/.test(tag) && databaseImage(image));
}
