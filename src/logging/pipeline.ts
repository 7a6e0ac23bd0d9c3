import type { Size } from 'cdk8s';
import type { CredentialKind } from './log-auth';
import type { LogFiles } from './log-files';
import type { LogFormat } from './log-format';
import type { MultilineRule } from './log-multiline';
import type { TimeLayout } from './log-time';
import type { Address } from './sinks/address';
import type { SinkDefinition, SinkKind } from './sinks/sink-types';

/** The default log directory. */
export const LOG_DIRECTORY = '/var/log/app';

/** The directories of a collector: configuration, offsets and buffers, CA certificates, and credentials. */
export const CONFIG_DIRECTORY = '/etc/log-collector';
export const STATE_DIRECTORY = '/var/lib/log-collector';
export const CA_DIRECTORY = '/etc/log-collector-ca';
export const CREDENTIALS_DIRECTORY = '/etc/log-collector-credentials';

/** A part of a credential: `TOKEN`, `PASSWORD`. */
export type CredentialPart = 'USERNAME' | 'PASSWORD' | 'TOKEN' | 'SHARED_KEY' | 'ACCESS_KEY_ID' | 'SECRET_ACCESS_KEY';

/** The file or the variable from which the collector reads a part of a credential. */
export type Credential =
  | { readonly file: string; readonly variable?: undefined }
  | { readonly variable: string; readonly file?: undefined };

/** The time in a record. */
export interface RecordTime {
  readonly field: string;
  readonly layout: TimeLayout;
  /** The time zone of times without an offset, as a name of the IANA database. */
  readonly zone: string;
}

/** The resolved options of a sink, in a form that all kinds of sinks share. */
export interface SinkFacts {
  readonly name: string;
  /** The size of the buffer on disk; `undefined` if the records wait in the log files. */
  readonly buffer?: Size;
  readonly tls: boolean;
  /** The file with the certificate authority, unless the image contains it. */
  readonly caFile?: string;
  /** The kind of credential; `none` for sinks that are not on the network. */
  readonly auth: CredentialKind;
  readonly credentials: Partial<Record<CredentialPart, Credential>>;
  /** The address of a sink with a URL or a host. */
  readonly address?: Address;
}

/** A resolved sink. */
export type Sink<K extends SinkKind = SinkKind> = { [P in K]: SinkDefinition<P> & SinkFacts }[K];

/** Renders each kind of sink that a collector supports; the keys are the supported kinds. */
export type SinkRenderers<Output> = {
  readonly [K in SinkKind]?: (sink: Sink<K>, pipeline: Pipeline) => Output;
};

/** Renders a sink. */
export function renderSink<Output, K extends SinkKind>(
  renderers: SinkRenderers<Output>,
  sink: Sink<K>,
  pipeline: Pipeline,
): Output {
  const render = renderers[sink.kind as K];
  if (render === undefined) {
    throw new Error(`No renderer for the sink '${sink.kind}'.`);
  }
  return render(sink, pipeline);
}

/** Returns the kinds of sinks that have a renderer. */
export function supportedSinks(renderers: SinkRenderers<unknown>): SinkKind[] {
  return Object.keys(renderers) as SinkKind[];
}

/** The configuration of a collector, in a form that all collectors share. */
export interface Pipeline {
  readonly directory: string;
  readonly files: LogFiles;
  /** The largest size of a record. */
  readonly maxRecordBytes: number;
  readonly format: LogFormat;
  /** The rule that combines several lines into one record. */
  readonly multiline?: MultilineRule;
  /** The time in a record; otherwise a record gets the time at which it is read. */
  readonly time?: RecordTime;
  /** The name of the app. The variables POD_NAME and POD_NAMESPACE contain the pod and the namespace. */
  readonly app: string;
  readonly sinks: readonly Sink[];
  readonly healthPort: number;
  readonly metricsPort: number;
  /** The seconds to send the records that wait after SIGTERM. */
  readonly flushSeconds: number;
}

/** Whether the format can leave lines of a record unparsed; the field `message` keeps them. */
export function keepsLines({ format, multiline }: Pipeline): boolean {
  return multiline !== undefined && format._kind !== 'text';
}

/** Returns the absolute paths of the files to read: current and rotated. */
export function readPaths({ directory, files }: Pipeline): string[] {
  return [...files.current, ...files.rotated].map(file => `${directory}/${file}`);
}

/** Returns the absolute paths of files to exclude although they have the name of a rotated file. */
export function unreadPaths({ directory }: Pipeline): string[] {
  return [`${directory}/*.gz`];
}

/** Returns the directory of a sink's buffer. */
export function sinkDirectory({ name }: Sink): string {
  return `${STATE_DIRECTORY}/sink-${name}`;
}

/** Returns the URL of a sink without its path: `https://loki.example.com:3100`. */
export function origin({ tls, address }: Sink): string {
  const { host, port } = address!;
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Returns the URL of a sink with `path` appended. */
export function below(sink: Sink, path: string): string {
  return `${origin(sink)}${sink.address!.path === '/' ? '' : sink.address!.path}${path}`;
}
