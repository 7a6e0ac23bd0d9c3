import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { PodMount, PodVolume, ScratchDirectory } from './pod-parts';
import { checkContainerPath, slug } from '../checks/values';

/** The directories as bounded volumes, `/tmp` among them always. */
export function scratchMounts(scope: IConstruct, scratch: readonly ScratchDirectory[]): PodMount[] {
  const directories = scratch.some(({ path }) => path === '/tmp') ? scratch : [{ path: '/tmp' }, ...scratch];
  const names = directories.map(({ path }) => slug(checkContainerPath(scope, 'the scratch directory', path).slice(0, 51)));
  return directories.map(({ path, sizeLimit = Size.mebibytes(64), medium }, i) => {
    // '/a-b' and '/a/b' are two directories
    const same = names.slice(0, i).filter(name => name === names[i]).length;
    return { path, volume: PodVolume.emptyDir(`scratch-${names[i]}${same > 0 ? `-${same + 1}` : ''}`, { sizeLimit, medium }) };
  });
}
