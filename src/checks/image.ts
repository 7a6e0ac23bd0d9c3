import type { IConstruct } from 'constructs';
import { fail } from './fail';
import { keptByString } from './memo';

// the grammar of github.com/distribution/reference, without its capture groups
const HOST = String.raw`[a-zA-Z0-9.-]+(?::[0-9]+)?`;
const COMPONENT = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const TAG = String.raw`[\w][\w.-]{0,127}`;
const DIGEST = String.raw`[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}`;
const IMAGE = new RegExp(`^(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*(?::${TAG})?(?:@${DIGEST})?$`);

/** The components of an image reference, valid or not. */
export interface Image {
  /** The registry and the path, without tag and digest. */
  readonly repository: string;
  /** The last element of the path: `postgres`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits an image reference into its components; accepts invalid references too. */
export const readImage = keptByString((reference): Image => {
  const [rest, digest] = split(reference, reference.indexOf('@'));
  const colon = rest.lastIndexOf(':');
  // a colon before a slash separates the registry's port
  const [repository, tag] = split(rest, colon > rest.lastIndexOf('/') ? colon : -1);
  return {
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1),
    tag: tag || undefined,
    digest: digest || undefined,
  };
});

/** Whether a string is an image reference. */
export function isImage(reference: string): boolean {
  return IMAGE.test(reference);
}

/** Splits an image reference into its components; refuses an invalid one. */
export function checkImage(scope: IConstruct, image: string): Image {
  return isImage(image)
    ? readImage(image)
    : fail(
        scope,
        `Invalid image reference '${image}'.`,
        "Use the form 'registry/repository:tag', for example 'ghcr.io/acme/api:1.4.2'.",
      );
}

/** Returns the major version in a tag: 17 for `17.11-trixie`, 1 for `v1.19`, 16 for `2.17.2-pg16`. */
export function majorVersion({ tag = '' }: Image): number | undefined {
  const major = /(?:^|-)pg(\d+)/.exec(tag)?.[1] ?? /^v?(\d+)/.exec(tag)?.[1];
  return major === undefined ? undefined : Number(major);
}

function split(text: string, index: number): [string, string | undefined] {
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
