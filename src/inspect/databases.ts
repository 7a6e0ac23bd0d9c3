import type { Container, Mount, Pod, Volume } from './pods';
import { majorVersion, readImage } from '../checks/image';
import { isWithin } from '../checks/paths';
import { DatabaseImage, dataLayout } from '../facts/images/database-image';
import { DATABASE_IMAGES } from '../facts/images/databases';
import { SHORT_LIVED_VOLUMES } from '../facts/kubernetes';

/** A container that is a database server, of an image whose facts are known. */
export interface DatabaseServer {
  readonly image: DatabaseImage;
  /** As the tag has it; the newest for `latest` and none. */
  readonly major?: number;
  readonly container: Container;
  readonly pod: Pod;
  /** Where the image has its volume, for that major version. */
  readonly volumePath: string;
  /** Where the server keeps its data. */
  readonly dataPath: string;
}

const SERVERS = new WeakMap<Pod, readonly DatabaseServer[]>();

/** The database servers of a pod; clients that run in a server's image are none. */
export function databaseServers(pod: Pod): readonly DatabaseServer[] {
  let servers = SERVERS.get(pod);
  if (!servers) {
    servers =
      pod.object.kind === 'Job' || pod.object.kind === 'CronJob'
        ? []
        : pod.containers.flatMap(container => serverOf(pod, container) ?? []);
    SERVERS.set(pod, servers);
  }
  return servers;
}

/** The facts of a database's image, whoever runs it and what for. */
export function databaseImage(reference: string): DatabaseImage | undefined {
  const { repository, name } = readImage(reference);
  const bitnami = repository.includes('bitnami');
  return DATABASE_IMAGES.find(image => image.repositories.includes(name) && (image.owner === 'bitnami') === bitnami);
}

/** A volume that outlives its pod, as far as can be seen. */
function outlivesPod({ type }: Volume): boolean {
  return !SHORT_LIVED_VOLUMES.includes(type);
}

/** The mounts of a container whose volumes outlive its pod. */
export function lastingMounts(pod: Pod, container: Container): readonly Mount[] {
  const volumes = new Set(pod.volumes.filter(outlivesPod).map(({ name }) => name));
  return container.mounts.filter(({ volume }) => volumes.has(volume));
}

/** The mount that a path of a container lies on, the innermost one. */
export function mountAt(container: Container, path: string): Mount | undefined {
  return container.mounts
    .filter(mount => mount.path && isWithin(path, mount.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function serverOf(pod: Pod, container: Container): DatabaseServer | undefined {
  const image = container.role === 'init' ? undefined : databaseImage(container.image);
  if (!image || !runsServer(image, container)) {
    return undefined;
  }
  const reference = readImage(container.image);
  const moves = reference.tag === undefined || reference.tag === 'latest';
  const major = moves && reference.digest ? undefined : majorVersion(reference);
  const { volume, data } = dataLayout(image, major);
  return { image, major, container, pod, volumePath: volume, dataPath: givenPath(image, container) ?? data };
}

function runsServer({ programs }: DatabaseImage, { command, args }: Container): boolean {
  const isProgram = (word: string) =>
    ['docker-entrypoint.sh', 'entrypoint.sh', ...programs].includes(word.slice(word.lastIndexOf('/') + 1));
  if (command.length === 0) {
    return args.length === 0 || args[0].startsWith('-') || args[0].endsWith('.conf') || isProgram(args[0]);
  }
  return [...command, ...args].some(
    word =>
      isProgram(word) ||
      (/\s/.test(word) &&
        word
          .split(/[\s;&|()]+/)
          .some((part, i, parts) => isProgram(part) && parts[i - 1] !== '-U' && parts[i - 1] !== '-d')),
  );
}

function givenPath({ dataVariable, dataOption }: DatabaseImage, { env, command, args }: Container): string | undefined {
  const value = dataVariable === undefined ? undefined : env.find(({ name }) => name === dataVariable)?.value;
  const option = dataOption === undefined ? undefined : optionOf([...command, ...args], dataOption);
  const path = value ?? option;
  return path?.startsWith('/') ? path.replace(/(?<=.)\/+$/, '') : undefined;
}

/** The value of an option in a command line: `--dir /data` and `--dir=/data` alike. */
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
