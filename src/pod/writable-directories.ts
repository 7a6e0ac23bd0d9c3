import { createHash } from 'crypto';
import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { PodMount, PodVolume, WritableDirectory } from './pod-parts';
import { checkContainerPath, slug } from '../checks/values';

/** The directories as bounded volumes, `/tmp` among them always. */
export function scratchMounts(scope: IConstruct, scratch: readonly WritableDirectory[]): PodMount[] {
  const directories = scratch.some(({ path }) => path === '/tmp') ? scratch : [{ path: '/tmp' }, ...scratch];
  const names = directories.map(({ path }) =>
    slug(checkContainerPath(scope, 'the scratch directory', path).slice(0, 51)),
  );
  return directories.map(({ path, sizeLimit = Size.mebibytes(64), medium }, i) => {
    // paths that differ in punctuation alone, or past the length of a name, are volumes of their own
    const unique = names[i] !== '' && names.filter(name => name === names[i]).length === 1;
    const name = unique ? names[i] : `${names[i].slice(0, 40)}-${hash(path)}`.replace(/^-/, '');
    return { path, volume: PodVolume.emptyDir(`scratch-${name}`, { sizeLimit, medium }) };
  });
}

function hash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 10);
}
