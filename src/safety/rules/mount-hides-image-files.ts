import { readImage } from '../../checks/image';
import type { Pod } from '../../inspect/pods';
import { eachPod, Rule } from '../rule';

/** Directories that hold files of most images, or of well-known ones. */
const IMAGE_DIRECTORIES = new Set([
  '/',
  '/app',
  '/bin',
  '/boot',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/opt',
  '/root',
  '/sbin',
  '/usr',
  '/var',
  '/etc/init.d',
  '/etc/pki',
  '/etc/ssl',
  '/etc/ssl/certs',
  '/usr/bin',
  '/usr/lib',
  '/usr/lib64',
  '/usr/libexec',
  '/usr/local',
  '/usr/local/bin',
  '/usr/local/etc',
  '/usr/local/lib',
  '/usr/local/share',
  '/usr/sbin',
  '/usr/share',
  '/var/lib',
  '/etc/apache2',
  '/etc/mysql',
  '/etc/nginx',
  '/etc/php',
  '/fluent-bit/bin',
  '/fluent-bit/etc',
]);

export const mountHidesImageFiles: Rule<'mount-hides-image-files'> = {
  id: 'mount-hides-image-files',
  summary: 'no mount hides the files that the image has there',
  rationale: "the image's own files are gone: programs, libraries, or the configuration beside the one that is mounted",
  severity: 'error',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/51165',
  fix: {
    construct: "mount a directory of its own, or single files with 'MountStyle.SUB_PATH'",
    yaml: "mount at a directory of its own, or single files by 'subPath'",
  },
  safeDefault: { what: 'no mount over `/etc`, `/usr`, `/app`, ...' },
  ...eachPod(function* (pod) {
    for (const { name, role, image, mounts } of pod.containers) {
      for (const { volume, path, subPath, at: here } of mounts) {
        if (
          subPath === undefined &&
          hidesImageFiles(path) &&
          role !== 'init' &&
          !isFilled(pod, volume) &&
          !isEmpty(path, image)
        ) {
          yield {
            at: [...here, 'mountPath'],
            message: `container '${name}' mounts '${volume}' at '${path}', where its image has files`,
          };
        }
      }
    }
  }),
};

/** Whether a volume at this path takes the place of files that an image has there. */
export function hidesImageFiles(path: string): boolean {
  return IMAGE_DIRECTORIES.has(path);
}

/** The images of a distribution have no app. */
function isEmpty(path: string, image: string): boolean {
  return (
    ['/app', '/opt'].includes(path) && ['alpine', 'bash', 'busybox', 'debian', 'ubuntu'].includes(readImage(image).name)
  );
}

/** A volume that a container fills before the app starts hides nothing, nor does the node's own directory. */
function isFilled(pod: Pod, volume: string): boolean {
  return (
    pod.volumes.some(({ name, type }) => name === volume && type === 'hostPath') ||
    pod.containers.some(
      ({ role, mounts }) => role === 'init' && mounts.some(mount => mount.volume === volume && !mount.readOnly),
    )
  );
}
