import { optionOf, runsProgram, settingsOf } from './command-line';
import { ConfiguredDirectories, configuredDirectories, serverConfig } from './configured-directories';
import { mountAt, volumeOf } from './container-mounts';
import { Evidence, evidenceOf } from './evidence';
import { imageVolumes, knownImage, knownMajor } from './known-image';
import type { Container, Mount, Pod } from './pods';
import { KnownVariable, variablesOf, variableValue } from './variables';
import { outlivesPod } from './volume-life';
import { readImage } from '../checks/image';
import { keptByObject } from '../checks/memo';
import { isWithin, withoutTrailingSlashes } from '../checks/paths';
import { dataLayout, DataLayout, ImageFacts } from '../facts/images/image-facts';
import { CONFIG_VOLUMES, JOB_KINDS } from '../facts/kubernetes';
import { serverConfiguration } from '../facts/server-configuration';

/** A directory with state of a server. */
export interface StatePath {
  readonly path: string;
  /** The content, for messages. */
  readonly content: string;
}

/** A container that runs a server with state. */
export interface Server {
  readonly image: ImageFacts;
  /** The major version in the tag; `undefined` if the tag does not name one. */
  readonly major?: number;
  readonly container: Container;
  readonly pod: Pod;
  /** Whether the image is known by its repository. The facts of another image are only those of the server in it. */
  readonly isKnownImage: boolean;
  /** Whether the image has at least the name of a known image. */
  readonly isNamed: boolean;
  /** The role of the server, for messages. */
  readonly role?: string;
  /** The path of the volume of the image, in that major version. */
  readonly volumePath: string;
  /** The data directory of the server. */
  readonly dataPath: string;
  /** All directories with state. The data directory is the first. */
  readonly directories: readonly StatePath[];
  /** The paths at which the runtime mounts a new directory for each container, unless a volume is mounted there. */
  readonly imageVolumes: readonly string[];
  /** The directories that its configuration names. */
  readonly configured: ConfiguredDirectories;
  /** Whether the container has configuration that can move the state to another directory or server. */
  readonly isConfigured: boolean;
}

/** Returns the servers of a pod that keep state, without clients that run in the image of a server. */
export const serversOf = keptByObject((pod: Pod): readonly Server[] =>
  JOB_KINDS.includes(pod.object.kind) ? [] : findServers(pod),
);

function findServers(pod: Pod): Server[] {
  const known = new Map<Container, Server>();
  const indicated = new Map<Container, Evidence>();
  for (const container of pod.containers.filter(({ role }) => role !== 'init')) {
    const image = knownImage(container.image);
    const server = image && serverOf(image, pod, container, true);
    const evidence = image && image.emptyDirectories === undefined ? undefined : evidenceOf(pod, container);
    if (server) {
      known.set(container, server);
    } else if (evidence) {
      indicated.set(container, evidence);
    }
  }
  return pod.containers.flatMap(container => {
    const evidence = indicated.get(container);
    return evidence === undefined || isHelper(container, evidence, indicated, [...known.keys()])
      ? (known.get(container) ?? [])
      : (serverOf(evidence.image, pod, container, false, evidence.isNamed) ?? []);
  });
}

/** Whether a container shares its volume with a container that is more likely to be the server. */
function isHelper(
  container: Container,
  { score }: Evidence,
  indicated: ReadonlyMap<Container, Evidence>,
  known: readonly Container[],
): boolean {
  const sharesVolume = (other: Container) =>
    other !== container && other.mounts.some(({ volume }) => container.mounts.some(mount => mount.volume === volume));
  const others = [...indicated.keys()];
  return (
    known.some(sharesVolume) ||
    others.some(
      (other, i) =>
        sharesVolume(other) &&
        (indicated.get(other)!.score > score ||
          (indicated.get(other)!.score === score && i < others.indexOf(container))),
    )
  );
}

function serverOf(
  image: ImageFacts,
  pod: Pod,
  container: Container,
  isKnownImage: boolean,
  isNamed = isKnownImage,
): Server | undefined {
  const variables = variablesOf(pod, container);
  const settings = settingsOf(container, variables);
  const { layouts, programs, stateful, stateless } = image;
  const hasState =
    layouts !== undefined && stateless?.test(settings) !== true && (stateful === undefined || stateful.test(settings));
  const runs =
    programs === undefined || (!isNamed && container.command.length === 0) || runsProgram(programs, container);
  if (!hasState || !runs) {
    return undefined;
  }
  const major = isNamed ? knownMajor(readImage(container.image)) : undefined;
  const files = layouts.some(({ when }) => when !== undefined) ? serverConfig(pod, container, image.id)?.files : [];
  const layout =
    (isNamed ? undefined : mountedLayout(layouts, container)) ??
    dataLayout({ layouts }, isNamed ? major : 0, [settings, ...(files ?? [])].join('\n'));
  const configured = configuredDirectories(pod, container, image.id);
  const directories = directoriesOf(image, layout, container, { settings, variables, paths: configured.directories });
  return {
    image,
    major,
    container,
    pod,
    isKnownImage,
    isNamed,
    role: layout.role,
    volumePath: layout.volume,
    dataPath: directories[0].path,
    directories,
    imageVolumes: isKnownImage ? imageVolumes(container) : [],
    configured,
    isConfigured: serverConfiguration(image.id)
      ? !configured.isKnown
      : (image.configuration?.test(configurationOf(pod, container)) ?? false),
  };
}

/** Returns the layout of which a container mounts a path, if the version of its server is unknown. */
function mountedLayout(layouts: readonly DataLayout[], { mounts }: Container): DataLayout | undefined {
  return layouts.find(({ volume, data }) => mounts.some(({ path }) => path === volume || path === data));
}

/** The settings of a server that can name its directories. */
interface DirectorySettings {
  /** The command line and the variables. */
  readonly settings: string;
  readonly variables: readonly KnownVariable[];
  /** The directories that its configuration names. */
  readonly paths: readonly string[];
}

function directoriesOf(
  { dataVariable, dataOption, dataSetting }: ImageFacts,
  { data, others = [] }: DataLayout,
  { command, args }: Container,
  { settings, variables, paths: configuredPaths }: DirectorySettings,
): StatePath[] {
  const valueOf = (variable?: string) => (variable === undefined ? undefined : variableValue(variables, variable));
  const option = dataOption === undefined ? undefined : optionOf([...command, ...args], dataOption);
  const setting = dataSetting
    ?.exec(settings)
    ?.slice(1)
    .find(group => group !== undefined);
  const configured =
    configuredPaths.length > 0 ? configuredPaths : absolutePaths(valueOf(dataVariable) ?? option ?? setting);
  return [
    ...(configured.length > 0 ? configured : [data]).map(path => ({ path, content: 'data' })),
    ...others.map(({ path, content, variable }) => ({ path: absolutePaths(valueOf(variable))[0] ?? path, content })),
  ];
}

/** Returns the absolute paths of a list that is separated by commas. */
function absolutePaths(value = ''): string[] {
  return value
    .split(',')
    .map(path => withoutTrailingSlashes(path.trim()))
    .filter(path => path.startsWith('/'));
}

/** The words of the command line, and the paths at which ConfigMaps and Secrets are mounted, each on a line. */
function configurationOf({ volumes }: Pod, { command, args, mounts }: Container): string {
  const configuration = new Set(volumes.filter(({ type }) => CONFIG_VOLUMES.includes(type)).map(({ name }) => name));
  const paths = mounts.filter(({ volume }) => configuration.has(volume)).map(({ path }) => path);
  return [...[...command, ...args].flatMap(word => word.split(/\s+/)), ...paths].join('\n');
}

/** Returns the path of a `VOLUME` of the image that contains a directory and hides it in a mount above. */
export function hidingVolume(server: Server, path: string, mount?: Mount): string | undefined {
  return server.imageVolumes.find(
    volume =>
      isWithin(path, volume) &&
      volume !== mount?.path &&
      isWithin(volume, mount?.path ?? '/') &&
      !server.container.mounts.some(other => other.path === volume),
  );
}

/** Whether a directory of a server is on a volume that outlives its pod. */
export function isKept(server: Server, path: string): boolean {
  const mount = mountAt(server.container, path);
  const volume = mount && volumeOf(server.pod, mount);
  return volume !== undefined && outlivesPod(volume) && hidingVolume(server, path, mount) === undefined;
}

/** Returns every path at which an image keeps state in some version or role. */
export function knownPaths({ image, volumePath, directories }: Server): string[] {
  const { layouts = [] } = image;
  return [
    volumePath,
    ...directories.map(({ path }) => path),
    ...layouts.flatMap(({ volume, data }) => [volume, data.replace(/\/\{major\}.*/, '')]),
  ];
}
