import type { IConstruct } from 'constructs';
import type { PodMount } from './pod-parts';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/paths';
import { hidesImageFiles } from '../safety/rules/mount-hides-image-files';
import { isWaived } from '../safety/waiver';

/** Kernel directories. Only shared memory can be mounted in them. */
const KERNEL_DIRECTORIES = ['/dev', '/proc', '/sys'];

/** Refuses a mount that hides files of the image or that is in a directory of the kernel. */
export function checkHidesNothing(scope: IConstruct, { path, volume, subPath }: PodMount): void {
  const kernelDirectory = KERNEL_DIRECTORIES.find(directory => isWithin(path, directory));
  if (kernelDirectory && path !== '/dev/shm') {
    fail(
      scope,
      `Volume '${volume.name}' is mounted at '${path}', in the kernel directory '${kernelDirectory}', so the ` +
        `container ` +
        'cannot start.',
      'Use another path.',
    );
  }
  const isCopy = volume._facts.isCopyOfImage && path !== '/';
  const [type] = Object.keys(volume._source);
  if (!subPath && !isCopy && hidesImageFiles(path, type) && !isWaived(scope, 'mount-hides-image-files')) {
    const keepFiles = volume._facts.emptyDir
      ? "set 'copyFromImage: true' of a writable directory"
      : "use 'MountStyle.SUB_PATH' for single files";
    fail(
      scope,
      `Volume '${volume.name}' is mounted at '${path}', which hides the files of the image in that directory.`,
      `Use a directory below it, such as '${path === '/' ? '' : path}/config', ${keepFiles}, or waive the rule with ` +
        "'Waiver.mountHidesImageFiles(reason)'.",
    );
  }
}
