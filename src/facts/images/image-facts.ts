/** Matches any settings. */
export const ALWAYS = /^/;

/** A directory with a part of the state of a server, next to its data. */
export interface StateDirectory {
  /** The default path. */
  readonly path: string;
  /** The content, for messages: `metadata`. */
  readonly content: string;
  /** The variable that moves it. */
  readonly variable?: string;
}

/** The directories of an image, up to a major version. */
export interface DataLayout {
  /** The last major version with this layout. The layout without it is that of all later versions. */
  readonly upTo?: number;
  /**
   * Matches the settings of a container with this layout, or its configuration files; omitted if the layout does not
   * depend on them.
   */
  readonly when?: RegExp;
  /** The role of a server with such settings, for messages: `a config server`. */
  readonly role?: string;
  /** The path that the image declares as its `VOLUME`, or that its documentation tells users to mount. */
  readonly volume: string;
  /** The default data directory. `{major}` stands for the major version. */
  readonly data: string;
  /** The other directories with state. */
  readonly others?: readonly StateDirectory[];
  /** The `VOLUME`s of the image, if they differ between layouts. */
  readonly volumes?: readonly string[];
}

/** A server that keeps its data below a directory with the name of its host, which a pod's name is. */
export interface HostDirectory {
  /** The variable that sets another name. */
  readonly variable: string;
}

/** The retention of a server that can delete its oldest data when a size is reached. */
export interface SizeRetention {
  /** The option that sets the size. */
  readonly sizeOption: string;
  /** Matches the same setting in the configuration file. */
  readonly fileSetting: RegExp;
  /** The options that set the age. */
  readonly ageOptions: readonly string[];
}

/**
 * The facts of an image, which builders, rules and the storage map share.
 *
 * The settings that its expressions match are the command line and the variables of a container, as `NAME=value` lines.
 */
export interface ImageFacts {
  /** The identifier for code. */
  readonly id: string;
  /** The name of the server in a sentence. */
  readonly title: string;
  /** The repositories, with their registry. */
  readonly repositories: readonly string[];
  /** The pages and files that state the facts. */
  readonly sources: readonly string[];
  /** The programs that run the server. Omitted if the image has no other program that people run. */
  readonly programs?: readonly string[];
  /** The port of the server, if it identifies the server together with a variable. */
  readonly port?: number;
  /** Variables that the image of the server reads, and its clients do not. */
  readonly serverVariables?: readonly string[];
  /** The directories with state; omitted for a server without state. */
  readonly layouts?: readonly DataLayout[];
  /** The variable that moves the data directory, or contains several, separated by commas. */
  readonly dataVariable?: string;
  /** The option that moves the data directory. */
  readonly dataOption?: string;
  /** Matches a setting that moves the data directory, with the path as its first group. */
  readonly dataSetting?: RegExp;
  /** Matches the settings of a server that keeps its state elsewhere, or has none. */
  readonly stateless?: RegExp;
  /** Matches the settings of a server that keeps state, if others have none. */
  readonly stateful?: RegExp;
  /**
   * Matches a word of the command line, or the mount path of a ConfigMap or Secret, with configuration that can move
   * the state to another directory.
   */
  readonly configuration?: RegExp;
  /** Whether such configuration can also move the state to another server, or save none. */
  readonly canKeepStateElsewhere?: boolean;
  /** Whether several servers can use one directory. */
  readonly sharesDirectory?: boolean;
  /** Matches the settings of a server that keeps copies of its data on other servers. */
  readonly replicates?: RegExp;
  /** Set if the name of the host is part of the data directory. */
  readonly hostDirectory?: HostDirectory;
  /** Set if the server can limit the size of its data. */
  readonly retention?: SizeRetention;
  /** The paths that the image declares as `VOLUME`. The runtime mounts a new, writable directory at each of them. */
  readonly volumes?: readonly string[];
  /** The user that the image starts as, if it is not root. */
  readonly user?: number;
  /** Matches the tags of versions that start as root all the same. */
  readonly startsAsRootIn?: RegExp;
  /** The group of that user, if it is not root's. */
  readonly group?: number;
  /** Whether it runs as any user, so that a platform such as OpenShift can choose the user and the group. */
  readonly runsAsAnyUser?: boolean;
  /** The paths outside the data directory that it writes to. A read-only root filesystem needs volumes there. */
  readonly writablePaths?: readonly string[];
  /** Those of these paths without which it works too. */
  readonly optionalPaths?: readonly string[];
  /** The seconds that a server with much to write needs at least to stop. */
  readonly minimumGraceSeconds?: number;
  /** Whether it saves some data only when it stops, so that it loses this data or corrupts files if it is killed. */
  readonly savesAtStop?: boolean;
  /** Whether it does not start in the root of a new filesystem, which contains `lost+found`. */
  readonly refusesLostAndFound?: boolean;
  /** Matches the tags of versions that start next to `lost+found` all the same. */
  readonly acceptsLostAndFoundIn?: RegExp;
  /** The directory of the files from which it creates its state at each start. */
  readonly provisioning?: string;
  /** Directories that are empty in the image, although many images have files there. */
  readonly emptyDirectories?: readonly string[];
}

/** Returns the directories of an image in a major version, and with the settings of a container. */
export function dataLayout<Layout extends DataLayout>(
  { layouts }: { readonly layouts: readonly Layout[] },
  major?: number,
  settings = '',
): Layout {
  const layout = layouts.find(
    ({ upTo, when }) =>
      (when === undefined || when.test(settings)) && (upTo === undefined || (major !== undefined && major <= upTo)),
  )!;
  return { ...layout, data: layout.data.replace('{major}', String(major ?? 18)) };
}
