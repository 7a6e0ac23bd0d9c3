import type { IConstruct } from 'constructs';
import type { PodMount } from './pod-parts';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/values';
import { isWaived } from '../safety/waiver';

/** Directories that hold files of most images, or of well-known ones; a mount over one hides them. */
const IMAGE_DIRECTORIES = new Set([
  '/', '/app', '/bin', '/boot', '/etc', '/home', '/lib', '/lib32', '/lib64', '/libx32', '/opt', '/root', '/sbin', '/srv', '/usr', '/var',
  '/etc/init.d', '/etc/pki', '/etc/ssl', '/etc/ssl/certs', '/usr/bin', '/usr/lib', '/usr/lib64', '/usr/libexec', '/usr/local', '/usr/local/bin',
  '/usr/local/etc', '/usr/local/lib', '/usr/local/share', '/usr/sbin', '/usr/share', '/var/lib', '/var/run',
  '/etc/apache2', '/etc/fluent', '/etc/mysql', '/etc/nginx', '/etc/otelcol', '/etc/php', '/etc/vector', '/fluent-bit/bin', '/fluent-bit/etc',
]);

/** Directories of the kernel; nothing but shared memory is ever mounted there. */
const KERNEL_DIRECTORIES = ['/dev', '/proc', '/sys'];

/** Refuses a mount that would hide the image's own files, or take the kernel's place. */
export function checkHidesNothing(scope: IConstruct, { path, volume, subPath }: PodMount): void {
  const kernel = KERNEL_DIRECTORIES.find(directory => isWithin(path, directory));
  if (kernel && path !== '/dev/shm') {
    fail(scope, `'${volume.name}' is mounted at '${path}', in the kernel's '${kernel}', and the container would not start. mount it elsewhere`);
  }
  if (!subPath && IMAGE_DIRECTORIES.has(path) && !isWaived(scope, 'mount-hides-image-files')) {
    fail(scope, `'${volume.name}' is mounted at '${path}', which hides the files that the image has there. mount a directory of its own, such as '${path === '/' ? '' : path}/config', or single files beside the image's ('ConfigPlacement.FILES'), or waive it with 'Waiver.hideImageFiles(reason)'`);
  }
}
