import { settingsOf } from './command-line';
import type { Container } from './pods';
import { Image, majorVersion, readImage } from '../checks/image';
import { keptByString } from '../checks/memo';
import { dataLayout, ImageFacts } from '../facts/images/image-facts';
import { KNOWN_IMAGES } from '../facts/images/known-images';

const DEFAULT_REGISTRY = 'docker.io';

/** An image repository: the host of the registry, and the path. */
interface Repository {
  readonly registry: string;
  readonly path: string;
}

/** Splits a repository into registry and path, with the defaults of `docker pull`. */
export function parseRepository(repository: string): Repository {
  const [host, ...rest] = repository.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(host) || host === 'localhost');
  const registry = hasHost ? host.replace(/^(?:index|registry-1)\.docker\.io$/, DEFAULT_REGISTRY) : DEFAULT_REGISTRY;
  const path = hasHost ? rest.join('/') : repository;
  return { registry, path: registry === DEFAULT_REGISTRY && !path.includes('/') ? `library/${path}` : path };
}

/**
 * Whether a repository is a known repository or a copy of it in another registry, which keeps at least the owner and
 * the name: `mirror.example.com/dockerhub/library/redis`. A path without an owner does not identify an image.
 */
export function isCopyOf(repository: string, known: string): boolean {
  return pathsOf(repository).includes(keyOf(parseRepository(known)));
}

const BY_REPOSITORY: ReadonlyMap<string, ImageFacts> = new Map(
  KNOWN_IMAGES.flatMap(image =>
    [...image.repositories, ...('derivatives' in image ? ((image.derivatives as string[] | undefined) ?? []) : [])].map(
      repository => [keyOf(parseRepository(repository)), image] as const,
    ),
  ),
);

/** Returns the facts of an image that is known by its repository. */
export const knownImage = keptByString((reference): ImageFacts | undefined => {
  const path = pathsOf(readImage(reference).repository).find(candidate => BY_REPOSITORY.has(candidate));
  return path === undefined ? undefined : BY_REPOSITORY.get(path);
});

/** Returns the user that an image starts as in the version of its tag, if it is known and not root. */
export function imageUser(reference: string): number | undefined {
  const { user, startsAsRootIn } = knownImage(reference) ?? {};
  return startsAsRootIn?.test(readImage(reference).tag ?? '') ? undefined : user;
}

/** Returns the paths at which the image of a container declares a `VOLUME`, in the version of its tag. */
export function imageVolumes(container: Container): readonly string[] {
  const { layouts, volumes = [] } = knownImage(container.image) ?? {};
  if (!layouts) {
    return volumes;
  }
  const major = knownMajor(readImage(container.image));
  return dataLayout({ layouts }, major, settingsOf(container)).volumes ?? volumes;
}

/** The major version of an image, unless its tag moves and only the digest decides. */
export function knownMajor(image: Image): number | undefined {
  const isMoving = image.tag === undefined || image.tag === 'latest';
  return isMoving && image.digest ? undefined : majorVersion(image);
}

/** Returns the path that identifies a repository, with its registry if it has no owner. */
function keyOf({ registry, path }: Repository): string {
  return path.includes('/') ? path : `${registry}/${path}`;
}

/** Returns the paths of which a repository can be a copy: without registry and leading folders, longest first. */
function pathsOf(repository: string): string[] {
  const { registry, path } = parseRepository(repository);
  const elements = path.split('/');
  return [`${registry}/${path}`, ...elements.slice(0, -1).map((_, i) => elements.slice(i).join('/'))];
}
