import type { IConstruct } from 'constructs';
import { fail } from './fail';

// the grammar of github.com/distribution/reference, less the parts that are not told apart here
const IMAGE =
  /^(?:(?:[a-zA-Z0-9.-]+(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(?::(?:[\w][\w.-]{0,127}))?(?:@(?:[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}))?$/;

/** An image's reference taken apart, without a word about whether it is a legal one. */
export interface Image {
  /** The registry and the path, without tag and digest. */
  readonly repository: string;
  /** The last element of the path: `postgres`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes any reference apart, as people wrote it. */
export function readImage(reference: string): Image {
  const [rest, digest] = split(reference, reference.indexOf('@'));
  const colon = rest.lastIndexOf(':');
  // a colon before a slash belongs to the registry's port
  const [repository, tag] = split(rest, colon > rest.lastIndexOf('/') ? colon : -1);
  return {
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1),
    tag: tag || undefined,
    digest: digest || undefined,
  };
}

/** Takes a reference apart that has to be a legal one. */
export function checkImage(scope: IConstruct, image: string): Image {
  return IMAGE.test(image)
    ? readImage(image)
    : fail(
        scope,
        `Image '${image}' is not an image reference.`,
        "Write it as 'registry/repository:tag', for example 'ghcr.io/acme/api:1.4.2'.",
      );
}

/** The major version that a tag names, as `17` in `17.11-trixie`, `v1.19` and `2.17.2-pg16`. */
export function majorVersion({ tag = '' }: Image): number | undefined {
  const major = /(?:^|-)pg(\d+)/.exec(tag)?.[1] ?? /^v?(\d+)/.exec(tag)?.[1];
  return major === undefined ? undefined : Number(major);
}

function split(text: string, at: number): [string, string | undefined] {
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
