import { optionOf } from './command-line';
import { at, list } from './json';
import type { Container, Pod } from './pods';
import { append } from '../checks/groups';
import { readImage } from '../checks/image';
import { isWithin } from '../checks/paths';
import type { ImageFacts } from '../facts/images/image-facts';
import { KNOWN_IMAGES } from '../facts/images/known-images';
import { CONFIG_VOLUMES } from '../facts/kubernetes';

/** Directories that the images of unrelated programs use too. */
const COMMON_PATHS = ['/data', '/datalog', '/config', '/storage', '/var/www/html', '/app/data', '/etc/gitlab'];

const SERVERS = KNOWN_IMAGES.filter(({ layouts }) => layouts !== undefined);

/** The names of images that only help a server with its data. */
const HELPER = /(?:exporter|backup|restore|migrat|sidecar|agent|reload|proxy|client|tools?|admin|ui|sync|copy|chown)/;

/** The names of images that run a server. */
const SERVER = /(?:db|database|sql|postgres|mongo|redis|valkey|rabbitmq|influx|elasticsearch|cassandra|minio|etcd)$/;

/** The names of images that run a database, without the name of an engine. */
const DATABASE = /(?:db|database|sql)$/;

/** Variables of a client, which contain the address of a server. */
const ADDRESS = /(?:^|_)(?:HOST|HOSTS|HOSTNAME|URL|URI|DSN|SERVER|ADDR|ADDRESS)$|^PGHOST$/;

/** Variables of a server with such a name. */
const SERVER_ADDRESSES = ['MYSQL_ROOT_HOST', 'MARIADB_ROOT_HOST', 'MINIO_SERVER_URL', 'MINIO_BROWSER_REDIRECT_URL'];

/** A server that the settings of a container indicate. */
export interface Evidence {
  readonly image: ImageFacts;
  /** Whether the image also has the name of the server. */
  readonly isNamed: boolean;
  /** The strength, to compare several containers of a pod. */
  readonly score: number;
}

/**
 * Returns the server that a container with an unknown image runs, according to its mounts, variables, ports and
 * command line. A name only is not enough.
 */
export function evidenceOf(pod: Pod, container: Container): Evidence | undefined {
  const { name } = readImage(container.image);
  if (container.role !== 'app' || HELPER.test(name)) {
    return undefined;
  }
  return candidates(pod, container, name)
    .map(image => evidenceFor(image, name, pod, container))
    .reduce<Evidence | undefined>(
      (best, found) => (found && found.score > (best?.score ?? 0) ? found : best),
      undefined,
    );
}

const BY_PATH = indexBy(image => pathsOf(image).filter(path => !COMMON_PATHS.includes(path)));
const BY_VARIABLE = indexBy(({ serverVariables = [], dataVariable }) => [...serverVariables, dataVariable ?? '']);
const BY_NAME = indexBy(({ repositories }) => repositories.map(repository => readImage(repository).name));
const BY_PORT = indexBy(({ port }) => (port === undefined ? [] : [String(port)]));
const BY_PROGRAM = indexBy(image => ('clients' in image ? (image.programs ?? []) : []));

function candidates(pod: Pod, container: Container, name: string): readonly ImageFacts[] {
  const found = new Set([
    ...dataMounts(pod, container).flatMap(path => BY_PATH.get(path) ?? []),
    ...container.env.flatMap(variable => BY_VARIABLE.get(variable.name) ?? []),
    ...(BY_NAME.get(name) ?? []),
    ...portsOf(container).flatMap(port => BY_PORT.get(String(port)) ?? []),
    ...words(container).flatMap(word => BY_PROGRAM.get(baseName(word)) ?? []),
  ]);
  return found.size === 0 ? [] : SERVERS.filter(image => found.has(image));
}

/** The settings of a container that match an image. */
interface Signs {
  /** A volume at a directory of the image. */
  readonly mount: boolean;
  /** A volume at a directory that only this server uses. */
  readonly ownMount: boolean;
  /** The variable of the data directory, with a directory of the image. */
  readonly dataPath: boolean;
  /** A variable that only the image of the server reads. */
  readonly variable: boolean;
  readonly port: boolean;
  /** The program of the server, with and without the option of its data directory. */
  readonly program: boolean;
  readonly programWithPath: boolean;
}

function evidenceFor(image: ImageFacts, name: string, pod: Pod, container: Container): Evidence | undefined {
  const signs = signsOf(image, pod, container);
  const isNamed = name !== 'server' && image.repositories.some(repository => readImage(repository).name === name);
  const isServerByName =
    (signs.variable && SERVER.test(name)) || (signs.port && DATABASE.test(name) && !BY_NAME.has(name));
  const isServer = !isClient(container) && ((signs.variable && signs.port) || isServerByName);
  const isFound =
    signs.ownMount ||
    signs.dataPath ||
    signs.programWithPath ||
    isServer ||
    (isNamed && (signs.mount || signs.program));
  const resembles = image.repositories.some(repository => name.includes(readImage(repository).name));
  const score = [...Object.values(signs), isServer, resembles].filter(Boolean).length;
  return isFound ? { image, isNamed, score } : undefined;
}

function signsOf(image: ImageFacts, pod: Pod, container: Container): Signs {
  const paths = pathsOf(image);
  const ownPaths = paths.filter(path => !COMMON_PATHS.includes(path));
  const mounts = dataMounts(pod, container);
  const program = words(container).some(word => BY_PROGRAM.get(baseName(word))?.includes(image));
  const { dataOption, dataVariable, serverVariables = [] } = image;
  return {
    mount: mounts.some(path => paths.includes(path)),
    ownMount: mounts.some(path => ownPaths.includes(path)),
    dataPath: container.env.some(
      ({ name, value = '' }) => name === dataVariable && ownPaths.some(path => isWithin(value, path)),
    ),
    variable: container.env.some(({ name }) => serverVariables.includes(name)),
    port: image.port !== undefined && portsOf(container).includes(image.port),
    program,
    programWithPath: program && dataOption !== undefined && optionOf(words(container), dataOption) !== undefined,
  };
}

/** The paths at which a container mounts volumes that can contain data. */
function dataMounts({ volumes }: Pod, { mounts }: Container): string[] {
  const configuration = new Set(volumes.filter(({ type }) => CONFIG_VOLUMES.includes(type)).map(({ name }) => name));
  return mounts.filter(({ volume, readOnly }) => !readOnly && !configuration.has(volume)).map(({ path }) => path);
}

function pathsOf({ layouts = [] }: ImageFacts): string[] {
  return layouts.flatMap(({ volume, data, others = [] }) => [volume, data, ...others.map(({ path }) => path)]);
}

function words({ command, args }: Container): string[] {
  return [...command, ...args].flatMap(word => word.split(/[\s;&|()]+/));
}

function portsOf({ content }: Container): unknown[] {
  return list(content.ports).map(entry => at(entry, 'containerPort'));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isClient({ env }: Container): boolean {
  return env.some(({ name }) => ADDRESS.test(name) && !SERVER_ADDRESSES.includes(name));
}

function indexBy(keys: (image: ImageFacts) => readonly string[]): ReadonlyMap<string, readonly ImageFacts[]> {
  const index = new Map<string, ImageFacts[]>();
  SERVERS.forEach(image => keys(image).forEach(key => append(index, key, image)));
  return index;
}
