import { ConfiguredDirectories, configuredDirectories } from './configured-directories';
import type { Container, Mount, Pod } from './pods';
import { outlivesPod } from './volume-life';
import { Image, majorVersion, readImage } from '../checks/image';
import { isWithin } from '../checks/paths';
import { DatabaseImage, dataLayout } from '../facts/images/database-image';
import { DATABASE_IMAGES } from '../facts/images/databases';
import { JOB_KINDS } from '../facts/kubernetes';

/** A container that runs a database server of a known image. */
export interface DatabaseServer {
  readonly image: DatabaseImage;
  /** The major version in the tag; `undefined` if the tag does not name one. */
  readonly major?: number;
  readonly container: Container;
  readonly pod: Pod;
  /** The path of the volume of the image, in that major version. */
  readonly volumePath: string;
  /** The data directory of the server. */
  readonly dataPath: string;
  readonly configured: ConfiguredDirectories;
}

const ENTRYPOINTS = ['docker-entrypoint.sh', 'entrypoint.sh'];

/** The options of a client that precede the name of a user or database, which can be that of a server. */
const NAME_OPTIONS = ['-U', '-d'];

const SERVERS = new WeakMap<Pod, readonly DatabaseServer[]>();

/** Returns the database servers of a pod, without clients that run in the image of a server. */
export function databaseServers(pod: Pod): readonly DatabaseServer[] {
  let servers = SERVERS.get(pod);
  if (!servers) {
    servers = JOB_KINDS.includes(pod.object.kind)
      ? []
      : pod.containers.flatMap(container => serverOf(pod, container) ?? []);
    SERVERS.set(pod, servers);
  }
  return servers;
}

/** Returns the facts of a database image, whether it runs a server or a client. */
export function databaseImage(reference: string): DatabaseImage | undefined {
  const { repository, name } = readImage(reference);
  const owner = repository.split('/').some(element => element.startsWith('bitnami')) ? 'bitnami' : undefined;
  return DATABASE_IMAGES.find(
    image => image.owner === owner && (image.repositories.includes(name) || image.derivatives?.includes(name) === true),
  );
}

/** Whether an image comes from Docker's official repository, or from a copy of it in another registry. */
export function isOfficialRepository({ releases }: DatabaseImage, { repository }: Image): boolean {
  if (!releases) {
    return false;
  }
  const [registry, ...path] = releases.repository.split('/');
  const name = path[path.length - 1];
  return (
    [name, `${registry}/${name}`, path.join('/')].includes(repository) || repository.endsWith(`/${path.join('/')}`)
  );
}

/** Returns the mounts of a container whose volumes outlive its pod. */
export function lastingMounts(pod: Pod, container: Container): readonly Mount[] {
  const volumes = new Set(pod.volumes.filter(outlivesPod).map(({ name }) => name));
  return container.mounts.filter(({ volume }) => volumes.has(volume));
}

/** Returns the innermost mount of a container that contains a path. */
export function mountAt(container: Container, path: string): Mount | undefined {
  return container.mounts
    .filter(mount => mount.path && isWithin(path, mount.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** Returns the value of an option on a command line, written as `--dir /data` or `--dir=/data`. */
export function optionOf(words: readonly string[], option: string): string | undefined {
  for (const [i, word] of words.entries()) {
    if (word === option) {
      return words[i + 1];
    }
    if (word.startsWith(`${option}=`)) {
      return word.slice(option.length + 1);
    }
  }
  return undefined;
}

/** Returns the command line of a container as one string. */
export function commandLine({ command, args }: Container): string {
  return [...command, ...args].join(' ');
}

function serverOf(pod: Pod, container: Container): DatabaseServer | undefined {
  const image = container.role === 'init' ? undefined : databaseImage(container.image);
  if (!image || !runsServer(image, container)) {
    return undefined;
  }
  const major = knownMajor(readImage(container.image));
  const { volume, data } = dataLayout(image, major);
  const configured = configuredDirectories(pod, container, image.id);
  const dataPath = configured.directories[0] ?? configuredDataPath(image, container) ?? data;
  return { image, major, container, pod, volumePath: volume, dataPath, configured };
}

/** The major version of an image, unless its tag moves and only the digest decides. */
function knownMajor(image: Image): number | undefined {
  const isMoving = image.tag === undefined || image.tag === 'latest';
  return isMoving && image.digest ? undefined : majorVersion(image);
}

function runsServer({ programs }: DatabaseImage, { command, args }: Container): boolean {
  const isServer = (word: string) => [...ENTRYPOINTS, ...programs].includes(word.slice(word.lastIndexOf('/') + 1));
  if (command.length === 0) {
    return args.length === 0 || args[0].startsWith('-') || args[0].endsWith('.conf') || isServer(args[0]);
  }
  return [...command, ...args].some(word => isServer(word) || scriptWords(word).some(isServer));
}

/** The words of a shell script, without the names of users and databases. */
function scriptWords(script: string): string[] {
  const words = /\s/.test(script) ? script.split(/[\s;&|()]+/) : [];
  return words.filter((_, i) => i === 0 || !NAME_OPTIONS.includes(words[i - 1]));
}

function configuredDataPath(
  { dataVariable, dataOption }: DatabaseImage,
  { env, command, args }: Container,
): string | undefined {
  const value = dataVariable === undefined ? undefined : env.find(({ name }) => name === dataVariable)?.value;
  const option = dataOption === undefined ? undefined : optionOf([...command, ...args], dataOption);
  const path = value ?? option;
  return path?.startsWith('/') ? path.replace(/(?<=.)\/+$/, '') : undefined;
}
