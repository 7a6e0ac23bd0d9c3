import type { Duration, Size } from 'cdk8s';
import type { DatabaseSettingsSpec } from './database-settings-spec';
import type { ExporterSpec } from './exporter-spec';
import type { WritableDirectory } from '../../pod/pod-parts';

/**
 * What a database engine's image needs to run well: facts and no code. In commands and variables `{data}` stands for
 * the
 * data directory, `{mount}` for where the claim is mounted, `{port}`, `{user}`, `{database}`, `{config}` (the
 * configuration
 * file), `{password}` (the password's file) and `{run}` (a directory in memory for the server alone).
 */
export interface DatabaseEngineSpec extends DatabaseSettingsSpec {
  /**
   * The protocol it speaks: `postgresql`, `mysql`, `mongodb`, `redis`, or your own. It is the `type` of a service
   * binding.
   */
  readonly type: string;

  /**
   * Who makes it, for a service binding.
   *
   * @default - the type
   */
  readonly provider?: string;

  /** The image, pinned by a tag or digest. */
  readonly image: string;

  /** The port it listens on. */
  readonly port: number;

  /** The numeric user that owns its data. */
  readonly runAsUser: number;

  /** The numeric group that owns its data. */
  readonly runAsGroup: number;

  /** Where the claim is mounted. */
  readonly mountPath: string;

  /**
   * The directory of the claim that is mounted there.
   *
   * @default - the claim's root, which is the case where the server itself keeps its data in a directory below
   */
  readonly subPath?: string;

  /**
   * The data directory, at the mount path or below it.
   *
   * @default - the mount path
   */
  readonly dataPath?: string;

  /**
   * A file or directory below the data directory that is there once a database is; needed to see half-initialised
   * data. The image
   * has to run the `.sh` of an `initDirectory`, for the last of them says that it is initialised.
   *
   * @default - initialisation is not looked at
   */
  readonly initializedMarker?: string;

  /**
   * Every `VOLUME` of the image. What is written there would be lost, if neither the claim nor a scratch directory
   * were mounted.
   *
   * @default - none
   */
  readonly declaredVolumes?: string[];

  /**
   * Directories that it writes to beside its data; `/tmp` of 64Mi is always there.
   *
   * @default - none
   */
  readonly writableDirectories?: WritableDirectory[];

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;

  /**
   * The variable for the user that the image makes at its first start.
   *
   * @default - none
   */
  readonly userVariable?: string;

  /**
   * The variable for the path of a file with that user's name.
   *
   * @default - the name cannot be kept in the Secret
   */
  readonly userFileVariable?: string;

  /**
   * The user's name where the image knows but one.
   *
   * @default - it is chosen
   */
  readonly onlyUser?: string;

  /**
   * The variable for the database that the image makes at its first start.
   *
   * @default - none
   */
  readonly databaseVariable?: string;

  /**
   * The variables for the path of the password's file.
   *
   * @default - none
   */
  readonly passwordFileVariables?: string[];

  /** The program with its arguments, the image's entrypoint script first. */
  readonly command: string[];

  /**
   * Whether two servers on the same files would not notice each other, so that the volume is locked while one runs. A
   * pod that
   * is deleted by force may live on for a while beside the one that replaces it.
   *
   * @default false
   */
  readonly exclusiveLock?: boolean;

  /**
   * Lines of a POSIX shell to run before the program.
   *
   * @default - none
   */
  readonly preStartCommands?: string[];

  /**
   * Says that the server has started, even if it still recovers; not yet while a temporary server initialises it.
   *
   * @default - the readiness command
   */
  readonly startupCommand?: string[];

  /**
   * Says that it serves.
   *
   * @default - the port is opened
   */
  readonly readinessCommand?: string[];

  /**
   * Says that a restart would not help. A server in recovery is alive.
   *
   * @default - the startup command
   */
  readonly livenessCommand?: string[];

  /**
   * Says, run in another pod from the same image with `DB_HOST` and `DB_PORT`, that the server serves.
   *
   * @default - `bash` opens the port
   */
  readonly waitCommand?: string[];

  /**
   * The same where the server speaks nothing but TLS.
   *
   * @default - as without
   */
  readonly tlsWaitCommand?: string[];

  /** How long it needs to stop after the image's own stop signal. */
  readonly shutdownTimeout: Duration;

  /**
   * The directory of scripts that the image runs at its first start.
   *
   * @default - the image runs none
   */
  readonly initDirectory?: string;

  /**
   * How the names of such scripts end.
   *
   * @default - `.sh`
   */
  readonly initExtensions?: string[];

  /** The least storage it can do with. */
  readonly minimumStorage: Size;

  /**
   * The part of a URL before `://`.
   *
   * @default - the type
   */
  readonly uriScheme?: string;

  /**
   * The same where the server speaks nothing but TLS.
   *
   * @default - as without
   */
  readonly tlsUriScheme?: string;

  /**
   * What a URL ends with, after `?`.
   *
   * @default - nothing
   */
  readonly uriQuery?: string;

  /**
   * Its exporter.
   *
   * @default - none
   */
  readonly exporter?: ExporterSpec;
}
