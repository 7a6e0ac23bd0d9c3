import { createHash } from 'crypto';
import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { MEMORY } from './default-resources';
import type { InitContainer, PodMount, WritableDirectory } from './pod-parts';
import { PodVolume } from './volumes/pod-volume';
import { checkProps, PropTable, required, optional } from '../checks/props';
import { checkContainerPath, kibibytes, slug } from '../checks/values';

/** The props of a writable directory. */
export const WRITABLE_DIRECTORY: PropTable<WritableDirectory> = {
  path: required('"/var/cache"', 'string'),
  sizeLimit: optional('Size'),
  medium: optional('string'),
  copyFromImage: optional('boolean'),
};

/** The path at which an init container mounts the directory that it copies files to. No image contains it. */
const COPY_PATH = '/writable-copy';

/** The parts of a pod that make directories writable. */
interface WritableDirectoryParts {
  readonly mounts: PodMount[];
  readonly initContainers: InitContainer[];
}

/**
 * Returns the mounts of writable directories, each an `emptyDir` with a size limit, and the init containers that copy
 * files of the image to them. Adds `/tmp` if it is missing.
 *
 * @param image the image of the container with the directories
 */
export function writableDirectoryParts(
  scope: IConstruct,
  image: string,
  writableDirectories: readonly WritableDirectory[] = [],
): WritableDirectoryParts {
  writableDirectories.forEach((directory, i) => {
    checkProps(scope, directory, WRITABLE_DIRECTORY, `'writableDirectories[${i}]'`);
    checkContainerPath(scope, `'writableDirectories[${i}].path'`, directory.path);
  });
  const directories = writableDirectories.some(({ path }) => path === '/tmp')
    ? writableDirectories
    : [{ path: '/tmp' }, ...writableDirectories];
  const names = uniqueNames(directories.map(({ path }) => path));
  const parts = directories.map((directory, i) => directoryParts(image, names[i], directory));
  return { mounts: parts.map(({ mount }) => mount), initContainers: parts.flatMap(({ copy }) => copy ?? []) };
}

/** Whether an init container copies files of the image to a writable directory. It must run before all others. */
export function copiesFromImage({ mounts = [] }: InitContainer): boolean {
  return mounts.some(({ path, volume }) => path === COPY_PATH && volume._facts.isCopyOfImage);
}

function directoryParts(
  image: string,
  name: string,
  { path, sizeLimit = Size.mebibytes(64), medium, copyFromImage }: WritableDirectory,
): { mount: PodMount; copy?: InitContainer } {
  const createVolume = copyFromImage ? PodVolume._copyOfImage : PodVolume.emptyDir;
  const volume = createVolume(`scratch-${name}`, { sizeLimit, medium });
  const copy: InitContainer = {
    name: `copy-${name}`,
    image,
    // overwrites files of an earlier run, which can be incomplete
    command: ['cp', '-Rf', `${path}/.`, COPY_PATH],
    mounts: [{ path: COPY_PATH, volume }],
    resources: medium === EmptyDirMedium.MEMORY ? { memory: { limit: copyMemory(sizeLimit) } } : undefined,
  };
  return { mount: { path, volume }, copy: copyFromImage ? copy : undefined };
}

/** Returns the memory of a container that fills a directory in memory. */
function copyMemory(sizeLimit: Size): Size {
  return Size.kibibytes(kibibytes(MEMORY.sidecar) + kibibytes(sizeLimit));
}

/** Returns a part of a name for each path. A hash distinguishes paths that differ only in punctuation or late. */
function uniqueNames(paths: readonly string[]): string[] {
  const slugs = paths.map(path => slug(path.slice(0, 51)));
  return paths.map((path, i) => {
    const isUnique = slugs[i] !== '' && slugs.filter(name => name === slugs[i]).length === 1;
    return isUnique ? slugs[i] : `${slugs[i].slice(0, 40)}-${hash(path)}`.replace(/^-/, '');
  });
}

function hash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 10);
}
