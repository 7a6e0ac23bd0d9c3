/** Where an image keeps its data, up to a major version. */
export interface DataLayout {
  /** The last major version of which it is true; all later ones where it is not given. */
  readonly upTo?: number;
  /** What the image declares as its `VOLUME`, or is documented to have mounted. */
  readonly volume: string;
  /** The data directory when nothing else is said; `{major}` stands for the major version. */
  readonly data: string;
}

/** The engines that are known. */
export type DatabaseId = 'postgresql' | 'mysql' | 'mariadb' | 'mongodb' | 'redis' | 'valkey';

/** What is known of the image of a database server, whoever runs it. */
export interface DatabaseImage {
  /** What engines and rules ask for. */
  readonly id: DatabaseId;
  /** How people call it. */
  readonly title: string;
  /** The last elements of the repositories' paths. */
  readonly repositories: readonly string[];
  /** The owner that a repository of that name has; Docker's own and their copies where it is not given. */
  readonly owner?: string;
  /** The programs of the server. */
  readonly programs: readonly string[];
  readonly port: number;
  readonly layouts: readonly DataLayout[];
  /** The variable that moves the data directory. */
  readonly dataVariable?: string;
  /** The option that moves the data directory. */
  readonly dataOption?: string;
  /** Whether it initialises no directory that holds anything, such as `lost+found`. */
  readonly wantsEmptyDirectory: boolean;
  /** What it writes to beside its data, so that a read-only root needs volumes there. */
  readonly writablePaths: readonly string[];
  /** Seconds below which a stop is cut short with much to write. */
  readonly leastGraceSeconds: number;
  /** Variables, with the values that let everybody in. */
  readonly openVariables: Readonly<Record<string, RegExp>>;
  /** Whether it makes no database before a variable has told it a password. */
  readonly asksForPassword: boolean;
  /** Whether it listens, and answers, before it has loaded its data. */
  readonly answersWhileLoading: boolean;
  /** Where it looks for scripts at its first start, and how the names of those end that it runs. */
  readonly initScripts?: { readonly directory: string; readonly extensions: readonly string[] };
}

/** Where Docker's own images have their scripts. */
export const INIT_DIRECTORY = '/docker-entrypoint-initdb.d';

/** A value that switches something on. */
export const YES = /^(?:yes|true|1|on)$/i;

/** The directories of one image, for its major version; the newest where that is not known. */
export function dataLayout({ layouts }: DatabaseImage, major?: number): { volume: string; data: string } {
  const layout = layouts.find(({ upTo }) => upTo === undefined || (major !== undefined && major <= upTo))!;
  return { volume: layout.volume, data: layout.data.replace('{major}', String(major ?? 18)) };
}
