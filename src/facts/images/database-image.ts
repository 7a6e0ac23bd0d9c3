import type { DataLayout, ImageFacts } from './image-facts';
import type { SizeGrammar, SizeSetting } from './size-grammar';

/** The engines whose images are known. */
export type DatabaseId = 'postgresql' | 'mysql' | 'mariadb' | 'mongodb' | 'redis' | 'valkey';

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

/** The facts of the image of a database server, with those of its engine. */
export interface DatabaseImage extends ImageFacts {
  /** The engine. */
  readonly id: DatabaseId;
  /** The repositories of images built on it. Their tags can begin with another version. */
  readonly derivatives?: readonly string[];
  readonly programs: readonly string[];
  /** The command-line clients in the image. */
  readonly clients: readonly string[];
  readonly port: number;
  readonly layouts: readonly DataLayout[];
  readonly writablePaths: readonly string[];
  readonly minimumGraceSeconds: number;
  /** Variables with the values that admit clients without a password. */
  readonly openVariables: Readonly<Record<string, RegExp>>;
  /** Settings that admit clients without a password, each with a pattern of its arguments and configuration. */
  readonly openSettings?: Readonly<Record<string, RegExp>>;
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

/** The setting of MySQL and MariaDB that turns off all privileges. */
export const SKIP_GRANT_TABLES: Readonly<Record<string, RegExp>> = {
  skip_grant_tables: /(?:^|[\s_-])skip[_-]grant[_-]tables(?![ \t]*=[ \t]*(?:0|off|false)\b)/im,
};

/** Matches a value that switches a variable on. */
export const YES = /^(?:yes|true|1|on)$/i;
