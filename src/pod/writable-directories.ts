import { createHash } from 'crypto';
import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PodMount, WritableDirectory } from './pod-parts';
import { PodVolume } from './volumes/pod-volume';
import { checkProps, PropTable, required, optional } from '../checks/props';
import { checkContainerPath, slug } from '../checks/values';

const DIRECTORY: PropTable<WritableDirectory> = {
  path: required('"/var/cache"', 'string'),
  sizeLimit: optional('Size'),
  medium: optional('string'),
};

/** Returns the mounts of writable directories, each an `emptyDir` with a size limit. Adds `/tmp` if it is missing. */
export function scratchMounts(scope: IConstruct, writableDirectories: readonly WritableDirectory[]): PodMount[] {
  writableDirectories.forEach((directory, i) => {
    checkProps(scope, directory, DIRECTORY, `'writableDirectories[${i}]'`);
    checkContainerPath(scope, `'writableDirectories[${i}].path'`, directory.path);
  });
  const directories = writableDirectories.some(({ path }) => path === '/tmp')
    ? writableDirectories
    : [{ path: '/tmp' }, ...writableDirectories];
  const slugs = directories.map(({ path }) => slug(path.slice(0, 51)));
  return directories.map(({ path, sizeLimit = Size.mebibytes(64), medium }, i) => {
    // a hash tells paths apart that differ only in punctuation or after the first 51 characters
    const isUnique = slugs[i] !== '' && slugs.filter(other => other === slugs[i]).length === 1;
    const name = isUnique ? slugs[i] : `${slugs[i].slice(0, 40)}-${hash(path)}`.replace(/^-/, '');
    return { path, volume: PodVolume.emptyDir(`scratch-${name}`, { sizeLimit, medium }) };
  });
}

function hash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 10);
}
