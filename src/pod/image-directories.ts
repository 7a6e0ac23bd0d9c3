import type { IConstruct } from 'constructs';
import type { PodMount } from './pod-parts';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/paths';
import { hidesImageFiles } from '../safety/rules/mount-hides-image-files';
import { isWaived } from '../safety/waiver';

/** Directories of the kernel; nothing but shared memory is ever mounted there. */
const KERNEL_DIRECTORIES = ['/dev', '/proc', '/sys'];

/** Refuses a mount that would hide the image's own files, or take the kernel's place. */
export function checkHidesNothing(scope: IConstruct, { path, volume, subPath }: PodMount): void {
  const kernel = KERNEL_DIRECTORIES.find(directory => isWithin(path, directory));
  if (kernel && path !== '/dev/shm') {
    fail(
      scope,
      `'${volume.name}' is mounted at '${path}', in the kernel's '${kernel}', and the container would ` + 'not start.',
      'Mount it elsewhere.',
    );
  }
  if (!subPath && hidesImageFiles(path) && !isWaived(scope, 'mount-hides-image-files')) {
    fail(
      scope,
      `'${volume.name}' is mounted at '${path}', which hides the files that the image has there.`,
      `Mount a directory of its own, such as '${path === '/' ? '' : path}/config', or single files ` +
        "beside the image's ('MountStyle.SUB_PATH'), or waive it with " +
        "'Waiver.mountHidesImageFiles(reason)'.",
    );
  }
}
