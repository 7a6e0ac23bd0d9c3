import { isWithin } from '../checks/paths';
import { mountAt } from '../inspect/container-mounts';
import type { Container, Pod, Volume } from '../inspect/pods';
import { serversOf } from '../inspect/servers';

/** Words for content that grows as long as a program runs, in names of volumes and directories. */
const GROWING = new Set([
  ...['artifact', 'attachment', 'backup', 'buffer', 'cache', 'checkpoint', 'crash', 'dataset', 'download', 'dump'],
  ...['incoming', 'journal', 'log', 'media', 'model', 'photo', 'queue', 'recording', 'repo', 'repositories'],
  ...['repository', 'snapshot', 'spool', 'thumbnail', 'trace', 'transcode', 'transcoding', 'tsdb', 'upload', 'video'],
  ...['wal', 'workspace'],
]);

/** Directories of images with temporary files or unpacked programs only, unless the configuration adds a cache. */
const BOUNDED = ['/var/cache/nginx', '/var/cache/apache2', '/var/jenkins_cache'];

/**
 * Whether the files of an `emptyDir` grow as long as the containers run, by its name and the directories at which they
 * mount it. Sockets, generated configuration, plugins and temporary files rarely fill a disk.
 */
export function grows({ containers }: Pod, { name }: Volume): boolean {
  const mounts = containers.flatMap(({ role, mounts: all }) =>
    all.filter(mount => mount.volume === name).map(mount => ({ ...mount, role })),
  );
  const paths = mounts
    .filter(({ role, readOnly, subPath }) => role !== 'init' && !readOnly && subPath === undefined)
    .map(({ path }) => path);
  // a webhook can add the container that mounts the volume
  const isWritten = mounts.length === 0 || paths.length > 0;
  const isBounded = paths.length > 0 && paths.every(path => BOUNDED.includes(path));
  return (
    isWritten && !isBounded && !isLogOverlay(containers, name) && [name, ...paths.map(visibleElement)].some(namesGrowth)
  );
}

/** Whether the directory of a server with state is in the volume, so that a claim is the question and not its size. */
export function containsState(pod: Pod, { name }: Volume): boolean {
  return serversOf(pod).some(({ container, directories }) =>
    directories.some(({ path }) => mountAt(container, path)?.volume === name),
  );
}

/** Whether an app has its other files in a volume and its logs in this one: such an app deletes old logs itself. */
function isLogOverlay(containers: readonly Container[], volume: string): boolean {
  return containers.some(({ mounts }) =>
    mounts.some(
      ({ volume: name, path }) =>
        name === volume &&
        /^logs?$/i.test(lastElement(path)) &&
        mounts.some(parent => parent.path !== path && isWithin(path, parent.path)),
    ),
  );
}

/** Returns the last element of a path; nothing for a hidden directory, such as the cache of a user in its home. */
function visibleElement(path: string): string {
  const name = lastElement(path);
  return name.startsWith('.') ? '' : name;
}

function lastElement(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function namesGrowth(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some(word => GROWING.has(word) || GROWING.has(word.replace(/s$/, '')));
}
