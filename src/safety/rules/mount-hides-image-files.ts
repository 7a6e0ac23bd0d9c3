import { isWithin } from '../../checks/paths';
import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { volumeOf } from '../../inspect/container-mounts';
import { knownImage } from '../../inspect/known-image';
import type { Container, Pod } from '../../inspect/pods';
import { filesOf } from '../../inspect/server-files';
import { eachPod, Rule } from '../rule';

/** Directories that contain files in most images, or in well-known ones. */
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

/** Directories in which volumes keep data, but configuration hides the files of the image. */
const DATA_DIRECTORIES = new Set(['/home', '/srv']);

export const mountHidesImageFiles: Rule<'mount-hides-image-files'> = {
  id: 'mount-hides-image-files',
  summary: 'No mount hides files of the image.',
  rationale: 'Such a mount hides programs, libraries or configuration files that the container needs.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/51165',
  fix: {
    construct: "Mount at a separate directory, or mount single files with 'MountStyle.SUB_PATH'.",
    yaml: "Mount at a separate directory, or mount single files with 'subPath'.",
  },
  safeDefault: { what: 'no mount over `/etc`, `/usr`, `/app`, ...' },
  ...eachPod(function* (pod) {
    for (const container of pod.containers) {
      const { name, role, image } = container;
      for (const { volume, path, subPath, at } of container.mounts) {
        const type = pod.volumes.find(({ name: volumeName }) => volumeName === volume)?.type;
        if (subPath === undefined && hidesImageFiles(path, type)) {
          yield {
            at: [...at, 'mountPath'],
            message: `Container '${name}' mounts volume '${volume}' at '${path}', which hides the files of its image.`,
            isException:
              role === 'init' ||
              isFilled(pod, volume) ||
              isEmpty(path, image) ||
              isReplaced(pod, container, path) ||
              isProgramDirectory(path, type, container),
          };
        }
      }
    }
  }),
};

/** Whether a volume of a type, such as `configMap`, hides files of an image at a path. */
export function hidesImageFiles(path: string, type = ''): boolean {
  return IMAGE_DIRECTORIES.has(path) || (DATA_DIRECTORIES.has(path) && CONFIG_VOLUMES.includes(type));
}

/** Whether a directory is empty in a known image. */
function isEmpty(path: string, image: string): boolean {
  return knownImage(image)?.emptyDirectories?.includes(path) === true;
}

/** Whether a volume provides files: an init container writes to it, or it is an image or a directory of the node. */
function isFilled(pod: Pod, volume: string): boolean {
  return (
    pod.volumes.some(({ name, type }) => name === volume && ['hostPath', 'image'].includes(type)) ||
    pod.containers.some(
      ({ role, mounts }) => role === 'init' && mounts.some(mount => mount.volume === volume && !mount.readOnly),
    )
  );
}

/** The directories of apps. Not every image uses them. */
const APP_DIRECTORIES = ['/app', '/opt'];

/** Whether a volume provides the program: the container starts a file of it, or copies files to an `emptyDir`. */
function isProgramDirectory(path: string, type: string | undefined, container: Container): boolean {
  return APP_DIRECTORIES.includes(path) && (type === 'emptyDir' || startsFileIn(path, container));
}

function startsFileIn(path: string, { command, args }: Container): boolean {
  return [...command, ...args].flatMap(word => word.split(/[\s'";&|()]+/)).some(word => isWithin(word, path));
}

/** A directory of which a program only reads its configuration file and the files that it names. */
interface ConfigurationDirectory {
  /** The file that the program reads; omitted if the command line can name another. */
  readonly main?: string;
  /** Matches a configuration that needs no other file of the image; every one does if omitted. */
  readonly suffices?: RegExp;
  /** Matches the names of other files. A pattern of names can match none. */
  readonly named: RegExp;
}

const CONFIGURATION_DIRECTORIES: ReadonlyMap<string, ConfigurationDirectory> = new Map([
  [
    '/fluent-bit/etc',
    { named: /^[ \t]*(?:@include|(?:parsers|plugins|streams)_file:?)[ \t]+["']?([^\s"'*]+)["']?[ \t]*$/gim },
  ],
  [
    '/etc/nginx',
    {
      main: 'nginx.conf',
      // a server of files needs the types of files
      suffices: /^[ \t]*(?:proxy|grpc|fastcgi|uwsgi|scgi)_pass[ \t]/m,
      named: /^[ \t]*include[ \t]+["']?([^\s"';*]+)["']?[ \t]*;/gm,
    },
  ],
]);

/** Whether a ConfigMap or Secret replaces the configuration of an image with all files that the configuration names. */
function isReplaced(pod: Pod, container: Container, path: string): boolean {
  const directory = CONFIGURATION_DIRECTORIES.get(path);
  const mount = container.mounts.find(candidate => candidate.path === path);
  const volume = mount && volumeOf(pod, mount);
  if (!directory || !volume || !CONFIG_VOLUMES.includes(volume.type)) {
    return false;
  }
  const files = filesOf(pod, container);
  const { main, suffices, named: pattern } = directory;
  const contents = [...files.values()].flatMap(content => content ?? []);
  const named = contents.flatMap(content => [...content.matchAll(pattern)]);
  return (
    (main === undefined || files.has(`${path}/${main}`)) &&
    (suffices === undefined || contents.some(content => suffices.test(content))) &&
    named
      .map(([, file]) => (file.startsWith('/') ? file : `${path}/${file}`))
      .every(file => !isWithin(file, path) || files.has(file))
  );
}
