import { isImage, readImage } from '../checks/image';
import { databaseImage } from '../inspect/databases';

/** Tags that move from one release to the next. */
const MOVING_TAGS = [
  'latest|stable|main|mainline|master|edge|nightly|dev|devel|develop|development|lts|rolling|canary|prod|production',
  'staging|test|testing|alpine|slim|bookworm|trixie|noble|jammy|innovation',
];
const MOVING = new RegExp(`^(?:${MOVING_TAGS.join('|')})(?:-[a-z]+)?$`, 'i');

/** A tag that specifies only a major version, for example `17` or `17-trixie`. */
const MAJOR_VERSION = /^\d+(?:-[a-z][a-z0-9.]*)?$/;

/** A tag that no later release gets: `v1.4.2-alpine`, `RELEASE.2025-09-07T16-13-09Z`, `20250907`, `3f2a9b8`. */
const FULL_VERSION =
  /(?:^|[^\d.])\d+\.\d+\.\d|(?:^|[^\d])20\d\d[-.]?\d\d[-.]?\d\d|(?:^|-)(?=[0-9a-f]*\d)[0-9a-f]{7,40}$/;

/** A tag of a server whose releases have two numbers, such as `17.11-trixie` of PostgreSQL. */
const TWO_NUMBERS = /^\d+\.\d+(?:-|$)/;

/** A word for a tag that another program replaces: `__VERSION__`, `IMAGE_TAG`. */
const PLACEHOLDER_TAG = /^_*[A-Z]+(?:_[A-Z]+)*_*$/;

/** Whether an image has a digest, or the tag of one release; a database also needs more than its major version. */
export function isPinned(image: string): boolean {
  const { tag, digest } = readImage(image);
  if (digest !== undefined) {
    return true;
  }
  return tag !== undefined && !MOVING.test(tag) && !(MAJOR_VERSION.test(tag) && databaseImage(image));
}

/** Whether an image reference always stands for the same image: it has a digest, or a tag with a full version. */
export function isFixed(image: string): boolean {
  const { tag, digest } = readImage(image);
  if (digest !== undefined) {
    return true;
  }
  return (
    tag !== undefined &&
    (FULL_VERSION.test(tag) || (TWO_NUMBERS.test(tag) && databaseImage(image)?.id === 'postgresql'))
  );
}

/** Whether a tool replaces an image reference before it is applied: `ko://cmd/app`, `${IMAGE}`, `<registry>/app`. */
export function isPlaceholder(image: string): boolean {
  return !isImage(image) || PLACEHOLDER_TAG.test(readImage(image).tag ?? '');
}
