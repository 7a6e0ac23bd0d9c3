import type { Size } from 'cdk8s';
import type { LogFiles } from './log-files';
import type { LogFormat } from './log-format';
import type { MultilineRule } from './log-multiline';
import type { SinkDefinition } from './log-sink';
import type { TimeLayout } from './log-time';

/** Where an app writes its log files when nothing else is said. */
export const LOG_DIRECTORY = '/var/log/app';

/**
 * Where a collector keeps its configuration, its offsets and buffers, and the authorities and credentials of its sinks.
 */
export const CONFIG_DIRECTORY = '/etc/log-collector';
export const STATE_DIRECTORY = '/var/lib/log-collector';
export const CA_DIRECTORY = '/etc/log-collector-ca';
export const CREDENTIALS_DIRECTORY = '/etc/log-collector-credentials';

/** An address taken apart. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** From `/`, without one at the end but where it is all. */
  readonly path: string;
}

/** A part of a credential: `TOKEN`, `PASSWORD`. */
export type CredentialPart = 'USERNAME' | 'PASSWORD' | 'TOKEN' | 'SHARED_KEY' | 'ACCESS_KEY_ID' | 'SECRET_ACCESS_KEY';

/** Where the collector finds a part of a credential: in a file, or in a variable where it reads none. */
export type Credential =
  { readonly file: string; readonly variable?: undefined } | { readonly variable: string; readonly file?: undefined };

/** The record's own time. */
export interface RecordTime {
  readonly field: string;
  readonly layout: TimeLayout;
  /** The zone of times without an offset, as a name of the IANA database. */
  readonly zone: string;
}

/** One sink as a collector has to be told of it. */
export type Sink = SinkDefinition & {
  readonly name: string;
  /**
   * How much may wait on disk; nothing does where the collector reads for each sink, and the log files are what waits.
   */
  readonly buffer?: Size;
  readonly tls: boolean;
  /** The file with the authority to check the server with, where it is the user's own. */
  readonly caFile?: string;
  /** The kind of credential: `none` for sinks without a network too. */
  readonly auth: string;
  /** Each part of the credential. */
  readonly credentials: Partial<Record<CredentialPart, Credential>>;
  /** Where it is, for sinks with a URL or host. */
  readonly address?: Address;
};

/** What every collector is told, in no collector's words. */
export interface Pipeline {
  readonly directory: string;
  readonly files: LogFiles;
  /** The most that a record may hold, in bytes. */
  readonly maxRecordBytes: number;
  readonly format: LogFormat;
  /** Which lines make a record of several lines. */
  readonly multiline?: MultilineRule;
  /** The record's own time, where it has one. */
  readonly time?: RecordTime;
  /** The app's name; pod and namespace are in the variables POD_NAME and POD_NAMESPACE. */
  readonly app: string;
  readonly sinks: readonly Sink[];
  readonly healthPort: number;
  readonly metricsPort: number;
  /** How long the collector may take to hand over what it holds after SIGTERM. */
  readonly flushSeconds: number;
}

/** The absolute paths of the files to read: those that are written, and those that rotation has renamed. */
export function readPaths({ directory, files }: Pipeline): string[] {
  return [...files.current, ...files.rotated].map(file => `${directory}/${file}`);
}

/** What is not to be read though it has the name of a rotated file. */
export function unreadPaths({ directory }: Pipeline): string[] {
  return [`${directory}/*.gz`];
}

/** Where a sink keeps what waits, beside what the collector keeps for itself. */
export function sinkDirectory({ name }: Sink): string {
  return `${STATE_DIRECTORY}/sink-${name}`;
}

/** The sink's URL without its path: `https://loki.example.com:3100`. */
export function origin({ tls, address }: Sink): string {
  return `${tls ? 'https' : 'http'}://${address!.host}:${address!.port}`;
}

/** The sink's URL with `path` below it. */
export function below(sink: Sink, path: string): string {
  return `${origin(sink)}${sink.address!.path === '/' ? '' : sink.address!.path}${path}`;
}
