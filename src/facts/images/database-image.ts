import type { SizeGrammar, SizeSetting } from './size-grammar';

/** The engines whose images are known. */
export type DatabaseId = 'postgresql' | 'mysql' | 'mariadb' | 'mongodb' | 'redis' | 'valkey';

/** The directories of an image, up to a major version. */
export interface DataLayout {
  /** The last major version with this layout. The layout without it is that of all later versions. */
  readonly upTo?: number;
  /** The path that the image declares as its `VOLUME`, or that its documentation tells users to mount. */
  readonly volume: string;
  /** The default data directory. `{major}` stands for the major version. */
  readonly data: string;
}

/** The releases of an official image whose facts are known. */
export interface ImageReleases {
  /** The name of the engine's factory. */
  readonly name: string;
  readonly repository: string;
  readonly majors: readonly string[];
  /** The user and group that own the data, by the base of the image. */
  readonly users: Readonly<Record<string, readonly [uid: number, gid: number]>>;
  /** A tag with patch and base. */
  readonly exampleTag: string;
}

/** The variables that an image reads at its first start. */
export interface ImageVariables {
  readonly user?: string;
  /** Contains the path of a file with the user's name. */
  readonly userFile?: string;
  readonly database?: string;
  /** Contain the path of a file with the password. */
  readonly passwordFiles: readonly string[];
}

/** The protection of an image that starts without a password. Any of these protects it. */
export interface Authentication {
  /** Variables with which the image creates a user. */
  readonly variables: readonly string[];
  /** Matches arguments and configuration that turn on authentication. */
  readonly settings: RegExp;
}

/** The health commands of a server, and the part that makes them tolerate recovery. */
export interface HealthCommand {
  /** Matches a command that asks the server. */
  readonly asks: RegExp;
  /** Matches the part that makes such a command succeed while the server recovers or loads. */
  readonly toleratesRecovery: RegExp;
}

/** The private key file of a server. */
export interface KeyFile {
  /** Matches the setting or option, with the path as its first group. */
  readonly pattern: RegExp;
  /** Whether the server accepts a file that its group can read. */
  readonly allowsGroup: boolean;
}

/** The write-ahead log of an engine that keeps it next to the data. */
export interface WriteAheadLog {
  /** The setting that bounds its size. */
  readonly maxSize: SizeSetting;
  /** The default directory, below the data directory. */
  readonly directory: string;
  /** The variable that moves it. */
  readonly directoryVariable: string;
  /** The argument of the initialization that moves it. */
  readonly directoryOption: string;
  /** The variable with the arguments of the initialization. */
  readonly initArgumentsVariable: string;
}

/** The scripts that an image runs at its first start. */
export interface InitScriptFacts {
  readonly directory: string;
  /** The endings of their names. The image ignores other files. */
  readonly extensions: readonly string[];
}

/** The facts of the image of a database server, which builders and rules share. */
export interface DatabaseImage {
  /** The engine. */
  readonly id: DatabaseId;
  /** The engine's name in a sentence. */
  readonly title: string;
  /** The last path elements of repositories whose tags begin with the server's version. */
  readonly repositories: readonly string[];
  /** The last path elements of repositories of images built on it. Their tags can begin with another version. */
  readonly derivatives?: readonly string[];
  /** The publisher in the repository's path; without it, Docker's official images and mirrors of them. */
  readonly owner?: string;
  /** The programs that run the server. */
  readonly programs: readonly string[];
  /** The command-line clients in the image. */
  readonly clients: readonly string[];
  readonly port: number;
  readonly layouts: readonly DataLayout[];
  /** The variable that moves the data directory. */
  readonly dataVariable?: string;
  /** The option that moves the data directory. */
  readonly dataOption?: string;
  /** Whether it only initializes an empty directory, which the root of a filesystem with `lost+found` is not. */
  readonly requiresEmptyDirectory: boolean;
  /** The paths outside the data directory that it writes to. A read-only root filesystem needs volumes there. */
  readonly writablePaths: readonly string[];
  /** The seconds that a server with much to write needs at least to stop. */
  readonly minimumGraceSeconds: number;
  /** Variables with the values that admit clients without a password. */
  readonly openVariables: Readonly<Record<string, RegExp>>;
  /** Variables of which the image requires one before it creates a database. */
  readonly requiredVariables?: readonly string[];
  /** The protection of an image that starts without a password. */
  readonly authentication?: Authentication;
  /** Whether it listens, and answers, before it has loaded its data. */
  readonly answersWhileLoading: boolean;
  readonly healthCommand?: HealthCommand;
  /** The scripts of the first start, if they are known. */
  readonly initScripts?: InitScriptFacts;
  /** The form of sizes in its settings. */
  readonly sizes: SizeGrammar;
  /** The setting of its largest buffer. */
  readonly buffer: SizeSetting;
  /** The setting that names the configuration file. */
  readonly configFileSetting?: string;
  /** The setting of an engine that uses huge pages whenever the node has them, unless this is off. */
  readonly hugePagesSetting?: string;
  /** The setting of an engine that allocates from `/dev/shm`, unless this names another implementation. */
  readonly sharedMemorySetting?: string;
  /** Whether the order of strings in indexes depends on the base of the image. */
  readonly sortsByBase: boolean;
  readonly keyFile?: KeyFile;
  readonly writeAheadLog?: WriteAheadLog;
  /** The programs that dump its data. */
  readonly dumpPrograms: readonly string[];
  /** Whether such a program refuses a server that is newer. */
  readonly dumpsRefuseNewerServer: boolean;
  /** The programs that watch a group of servers and rewrite their own configuration file. */
  readonly sentinelPrograms?: readonly string[];
  readonly releases?: ImageReleases;
}

/** An official image with all facts that an engine needs. */
export interface OfficialImage extends DatabaseImage {
  readonly releases: ImageReleases;
  readonly initScripts: InitScriptFacts;
  readonly variables: ImageVariables;
  /** User names that the image refuses or reserves. */
  readonly reservedUsers?: readonly string[];
  /** The only user that it has. */
  readonly onlyUser?: string;
  /** The seconds that a stop takes at most. */
  readonly shutdownSeconds: number;
}

/** The directory from which Docker's official images run scripts at their first start. */
export const INIT_DIRECTORY = '/docker-entrypoint-initdb.d';

/** Matches a value that switches a variable on. */
export const YES = /^(?:yes|true|1|on)$/i;

/** Returns the directories of an image in a major version; without one, in the newest. */
export function dataLayout({ layouts }: DatabaseImage, major?: number): { volume: string; data: string } {
  const layout = layouts.find(({ upTo }) => upTo === undefined || (major !== undefined && major <= upTo))!;
  return { volume: layout.volume, data: layout.data.replace('{major}', String(major ?? 18)) };
}
