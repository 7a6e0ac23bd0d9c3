import { readImage } from '../checks/image';
import { databaseImage } from '../inspect/databases';

/** Tags that move from one release to the next. */
const MOVING_TAGS = [
  'latest|stable|main|mainline|master|edge|nightly|dev|devel|develop|development|lts|rolling|canary|prod|production',
  'staging|test|testing|alpine|slim|bookworm|trixie|noble|jammy|innovation',
];
const MOVING = new RegExp(`^(?:${MOVING_TAGS.join('|')})(?:-[a-z]+)?$`, 'i');

/** A tag that specifies only a major version, for example `17` or `17-trixie`. */
const MAJOR_VERSION = /^\d+(?:-[a-z][a-z0-9.]*)?$/;

/** Whether an image has a digest, or the tag of one release; a database also needs more than its major version. */
export function isPinned(image: string): boolean {
  const { tag, digest } = readImage(image);
  if (digest !== undefined) {
    return true;
  }
  return tag !== undefined && !MOVING.test(tag) && !(MAJOR_VERSION.test(tag) && databaseImage(image));
}
