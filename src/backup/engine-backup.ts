import type { WritableDirectory } from '../pod/pod-parts';

/** The directory with the files of a backup: the work volume of a Job. */
export const BACKUP_DIRECTORY = '/backup';

/** The directory with the files `host`, `port`, `username`, `password`, `database` and `ca.crt` of a connection. */
export const CONNECTION_DIRECTORY = '/run/connection';

/** The file of the figures in a backup. */
export const FIGURES_FILE = 'figures';

/** The file with an identifier of the server in a backup. It stays the same while the server keeps its data. */
export const SOURCE_FILE = 'source';

/** The script that waits until the storage system has taken a snapshot, and fails if it takes none. */
export const CUT_SCRIPT = '/tmp/cut.sh';

/**
 * The way in which a backup returns to a server.
 *
 * `client` restores over a connection to an empty server: a Job, an init script at the first start, and a trial use
 * the same script. `files` writes the data directory before the server starts, and cannot restore into a server that
 * runs.
 */
export type RestoreMethod = 'client' | 'files';

/**
 * The differences between the throwaway server of a trial and the server of the database. The startup command of the
 * engine decides when it is ready, so it must listen on 127.0.0.1, and nowhere else.
 */
export interface TrialServer {
  /** Arguments after those of the server, which close its network, and switch off its archive and its replication. */
  readonly args: readonly string[];
  /** The directory of the Unix socket, which the server and the programs of the trial share, unless they use TCP. */
  readonly socketDirectory?: string;
}

/**
 * The scripts with which an engine writes, restores and compares a backup.
 *
 * All scripts are lines of POSIX shell. They run in the image of the server, as its user, with `set -eu`, a read-only
 * root filesystem, a writable `/tmp`, and the function `problem MESSAGE`, which prints a message and exits with 1. They
 * use no pipes, because a pipe hides the failure of all programs but the last. Each defines functions and has no other
 * effect, so that the scripts can be joined.
 *
 * Figures are lines of four fields, separated by tabs: `check kind name value`. Names and values contain no tabs and
 * line breaks, and each combination of check, kind and name exists once. The checks are:
 *
 * - `equal`: the restored value is the same.
 * - `min`, `max`: the restored number is not smaller, or not larger, for values that change while a dump runs.
 * - `definition`: the value is a version and a hash; the hash is the same if the version is.
 * - `required`: like `definition`, but the server can have further names of this kind.
 */
export interface EngineBackup {
  /** The name of the engine in messages. */
  readonly title: string;

  /**
   * Defines `connect`: sets up the programs of the engine for the server that the files in `CONNECTION_DIRECTORY`
   * describe. Passwords go into files of `/tmp` that only the user can read, or into variables of the process.
   */
  readonly connect: string;

  /**
   * Defines `connect_locally`: sets up the programs for a server that has the same variables and shares the socket: the
   * temporary server of the first start, or the server of a trial.
   */
  readonly connectLocally: string;

  /**
   * Defines `is_ready`: succeeds if the server accepts connections. Runs after `connect` or `connect_locally`.
   */
  readonly isReady: string;

  /**
   * Defines `dump`: writes the files of the backup into the current directory, among them `figures`, taken in the
   * snapshot of the dump, and `source`. It fails if any program fails, or if the dump does not read back completely.
   * The names of files consist of letters, digits, `.`, `_` and `-`.
   */
  readonly dump: string;

  /**
   * Defines `quiesce`, for a snapshot of the volume: stops writes, runs `CUT_SCRIPT` while all committed data is in
   * the files of the server, and lets writes go on. It writes the files of the backup into the current directory, among
   * them `figures`, taken in the state of the snapshot, and `source`. It also defines `resume_writes`, which lets
   * writes go on after a failure.
   */
  readonly quiesce: string;

  /** Defines `figures DIRECTORY`: prints the figures of the connected server for the backup in a directory. */
  readonly figures: string;

  /**
   * Defines `check_empty DIRECTORY`: fails if the connected server has data that the restored data would mix with.
   * Only with the restore method `client`.
   */
  readonly checkEmpty?: string;

  /**
   * Defines `restore DIRECTORY`. With the method `client`, it restores the backup in a directory into the connected
   * server, which is empty, and fails at the first error. With the method `files`, it writes the data directory
   * `$DATA_DIR`, which is empty, and the next start of the server must use it.
   */
  readonly restore: string;

  readonly restoreMethod: RestoreMethod;

  /**
   * Defines `run_query QUERY`: prints the result of a query of the user, one value in each line, on the connected
   * server.
   */
  readonly query: string;

  readonly trial: TrialServer;

  /** Directories besides `/tmp` that the programs write to. */
  readonly writableDirectories?: readonly WritableDirectory[];

  /** Whether the containers that dump and restore have all data in memory, like the server. */
  readonly loadsData?: boolean;

  /** The limits of a backup and its comparison, as full sentences for the log of a trial. */
  readonly limits: readonly string[];
}

/** Returns the functions of an engine for a container that dumps. */
export function dumpFunctions({ connect, connectLocally, isReady, dump }: EngineBackup): string {
  return [connect, connectLocally, isReady, dump].join('');
}

/** Returns the functions of an engine for a container that stops writes. */
export function quiesceFunctions({ connect, connectLocally, isReady, quiesce }: EngineBackup): string {
  return [connect, connectLocally, isReady, quiesce].join('');
}

/** Returns the functions of an engine for a container that restores and compares. */
export function restoreFunctions(engine: EngineBackup): string {
  const { connect, connectLocally, isReady, figures, checkEmpty = '', restore, query } = engine;
  return [connect, connectLocally, isReady, figures, checkEmpty, restore, query].join('');
}
