import type { Duration, Size } from 'cdk8s';
import type { DatabaseSettingsSpec } from './database-settings-spec';
import type { ExporterSpec } from './exporter-spec';
import type { HealthCheck } from '../../pod/health-check';
import type { WritableDirectory } from '../../pod/pod-parts';

/**
 * The facts about the image of a database engine.
 *
 * Environment variables, commands, `settings` and `configPreamble` can contain placeholders:
 *
 * - `{data}`: the data directory.
 * - `{mount}`: the mount path of the claim.
 * - `{port}`: the port of the server.
 * - `{user}` and `{database}`: the names of the user and the database.
 * - `{config}`: the path of the configuration file.
 * - `{password}`: the path of the password file.
 * - `{run}`: a directory in memory that only the server can access.
 * - `{podIp}`: the IP address of the pod. Only in shell commands.
 */
export interface DatabaseEngineSpec extends DatabaseSettingsSpec {
  /** The protocol and the `type` of a service binding: `postgresql`, `mysql`, `mongodb`, `redis`, or your own. */
  readonly type: string;

  /**
   * The `provider` of a service binding, and the name of the engine in messages.
   *
   * @default - the type
   */
  readonly provider?: string;

  /** The image, pinned by a tag or digest. */
  readonly image: string;

  /** The port that the server listens on. */
  readonly port: number;

  /** The numeric user that runs the server and owns the data. */
  readonly runAsUser: number;

  /** The numeric group that runs the server and owns the data. */
  readonly runAsGroup: number;

  /** The mount path of the claim. */
  readonly mountPath: string;

  /**
   * The directory of the claim that is mounted. Omit it if the server keeps its data in a directory below the mount
   * path.
   *
   * @default - the root of the claim
   */
  readonly subPath?: string;

  /**
   * The data directory: the mount path or a directory below it.
   *
   * @default - the mount path
   */
  readonly dataPath?: string;

  /**
   * A file or directory, relative to the data directory, that exists once the data is initialized. It allows the
   * server to detect half-initialized data, and requires an image that runs the `.sh` scripts of an `initDirectory`.
   *
   * @default - half-initialized data is not detected
   */
  readonly initializedMarker?: string;

  /**
   * Every `VOLUME` that the image declares. Each must be the mount path or one of the writable directories, because
   * data in an anonymous volume is lost.
   *
   * @default - none
   */
  readonly declaredVolumes?: string[];

  /**
   * The directories outside the data directory that the server writes to. `/tmp` of 64Mi is always included.
   *
   * @default - only `/tmp`
   */
  readonly writableDirectories?: WritableDirectory[];

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;

  /**
   * The variable with the name of the user that the image creates at its first start.
   *
   * @default - none
   */
  readonly userVariable?: string;

  /**
   * The variable with the path of a file with that user name.
   *
   * @default - the user name cannot come from a Secret
   */
  readonly userFileVariable?: string;

  /**
   * The only user of an image that cannot create another one.
   *
   * @default - any user
   */
  readonly onlyUser?: string;

  /**
   * User names that the image refuses or reserves.
   *
   * @default - none
   */
  readonly reservedUsers?: string[];

  /**
   * The variable with the name of the database that the image creates at its first start.
   *
   * @default - none
   */
  readonly databaseVariable?: string;

  /**
   * The variables with the path of the password file. A variable that `env` sets keeps its value there, for example the
   * path of a file that `preStartCommands` derives from the password.
   *
   * @default - none
   */
  readonly passwordFileVariables?: string[];

  /**
   * The program with its arguments, beginning with the entrypoint script of the image. A shell starts it after the
   * checks of the credentials and the volume, so the image must contain `sh`, `tr` and `wc`.
   */
  readonly command: string[];

  /**
   * Whether the volume is locked while a server runs. Required for an engine that does not detect a second server on
   * the same files: a pod that was deleted by force can keep running next to its replacement.
   *
   * @default false
   */
  readonly exclusiveLock?: boolean;

  /**
   * Lines of POSIX shell that run before the program.
   *
   * @default - none
   */
  readonly preStartCommands?: string[];

  /**
   * The probes of a server that serves its health over HTTP, HTTPS or gRPC. A command replaces its probe. The startup
   * timeout is a prop of the database.
   *
   * @default - probes with the commands, or TCP connections to the port
   */
  readonly healthCheck?: HealthCheck;

  /**
   * A command that succeeds once the server has started, even if it is still recovering. It must fail while a
   * temporary server initializes the data.
   *
   * @default - the probe of `healthCheck`; otherwise the readiness command
   */
  readonly startupCommand?: string[];

  /**
   * A command that succeeds if the server accepts clients.
   *
   * @default - the probe of `healthCheck`; otherwise the port accepts connections
   */
  readonly readinessCommand?: string[];

  /**
   * A command that fails only if a restart would help. It must succeed while the server recovers.
   *
   * @default - the probe of `healthCheck`; otherwise the startup command
   */
  readonly livenessCommand?: string[];

  /**
   * A command that succeeds if the server accepts clients. It runs in the pods of clients, in the same image, with
   * `DB_HOST` and `DB_PORT` in its environment. It cannot contain placeholders.
   *
   * @default - `bash` connects to the port
   */
  readonly waitCommand?: string[];

  /**
   * The `waitCommand` for a server that only accepts TLS.
   *
   * @default - `waitCommand`
   */
  readonly tlsWaitCommand?: string[];

  /** The time that the server can take to stop after the stop signal of its image. */
  readonly shutdownTimeout: Duration;

  /**
   * The directory from which the image runs scripts at its first start.
   *
   * @default - the image runs no scripts
   */
  readonly initDirectory?: string;

  /**
   * The file name extensions of those scripts.
   *
   * @default - `.sh`
   */
  readonly initExtensions?: string[];

  /** The minimum size of the volume. */
  readonly minimumStorage: Size;

  /**
   * The scheme of a URL: the part before `://`.
   *
   * @default - the type
   */
  readonly uriScheme?: string;

  /**
   * The `uriScheme` for a server that only accepts TLS.
   *
   * @default - `uriScheme`
   */
  readonly tlsUriScheme?: string;

  /**
   * The query of a URL: the part after `?`.
   *
   * @default - none
   */
  readonly uriQuery?: string;

  /**
   * The Prometheus exporter for the engine.
   *
   * @default - none, and `metrics` is refused
   */
  readonly exporter?: ExporterSpec;
}
