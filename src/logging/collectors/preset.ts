import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { stringify } from 'yaml';
import type { LogFormat, LogFormatKind } from '../log-format';
import type { SinkKind } from '../log-sink';
import type { CredentialPart, Pipeline } from '../pipeline';

/** A counter of a collector's metrics. */
export interface Counter {
  readonly name: string;
  /** What its labels have to be, in PromQL: `output!="logs"`. */
  readonly labels?: string;
  /** What says it in PromQL where no counter grows, for the labels of the pods. */
  expression?(pods: string): string;
}

/** What a collector's metrics say of lines that do not arrive. */
export interface LossMetrics {
  /** What was given up: dropped by a full buffer, refused for good by the sink, unread when its file was deleted. */
  readonly lost: readonly Counter[];
  /** What failed and is tried again. */
  readonly retried: readonly Counter[];
}

/** What is to be known of a collector: facts of its image, and its own words for a pipeline. */
export interface CollectorPreset {
  /** Its name in a container's name. */
  readonly name: string;
  /** Its name in sentences. */
  readonly title: string;
  readonly image: string;
  /** An image with `sleep`, for clusters that have no sleep action; undefined when there is none. */
  readonly imageWithSleep?: string;
  readonly command?: string[];
  readonly env?: Record<string, string>;
  /** The variable, if any, that tells a program of Go how much memory it may use. */
  readonly memoryVariable?: string;
  readonly resources: ContainerResources;
  readonly healthPath: string;
  readonly healthPort: number;
  /** The port of its metrics, which may be that of its health. */
  readonly metricsPort?: number;
  /** Where Prometheus reads them; undefined when they are in no format of Prometheus. */
  readonly metricsPath?: string;
  /** What its metrics say of lines that do not arrive. */
  readonly lossMetrics?: LossMetrics;
  /** What to do for metrics where there are none for Prometheus. */
  readonly metricsRemedy?: string;
  /** How long it may take to see a line, where that is more than two seconds. */
  readonly lastLook?: Duration;
  /** How long it may take to hand over what it holds. */
  readonly flush: Duration;
  /** Whether the log files themselves are what waits for a sink, so that there is no buffer beside them. */
  readonly buffersInLogFiles?: boolean;
  /** The formats that it cannot parse, and what to do about it. */
  readonly unsupportedFormats?: Partial<Record<LogFormatKind, string>>;
  /** The sinks that it has; undefined when that is not known. */
  readonly sinks?: readonly SinkKind[];
  /** What to do about a sink that it has not, where there is something to be done beside another collector. */
  readonly sinkRemedy?: string;
  /** The credentials that it can give to a sink, where they are fewer than those that the sink takes. */
  readonly credentials?: Partial<Record<SinkKind, readonly string[]>>;
  /** Whether it reads credentials from files; otherwise they are in variables. */
  readonly credentialFiles?: boolean;
  /** The variables that it takes a part of a credential from, where no setting can name another. */
  readonly variables?: Partial<Record<CredentialPart, string>>;
  /** Its arguments; it ends by itself when `flushSeconds` are over. */
  args?(flushSeconds: number): string[] | undefined;
  /** The least that a buffer has to be, in bytes, for records of so many bytes. */
  leastBuffer?(maxRecordBytes: number, format: LogFormat): number;
  /** Its configuration, by file name. */
  render(pipeline: Pipeline): Record<string, string>;
}

/** Memory that is there as well as allowed, and a CPU to catch up with. */
export function collectorResources(cpuMillis: number, memoryMebibytes: number): ContainerResources {
  const memory = Size.mebibytes(memoryMebibytes);
  return { cpu: { request: Cpu.millis(cpuMillis), limit: Cpu.units(1) }, memory: { request: memory, limit: memory } };
}

/** YAML in which words that YAML 1.1 takes for truth values are quoted. */
export function yaml(config: Record<string, any>): string {
  return stringify(config, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/** Where a preset has no words for a sink that it does not list: resolving the sinks refuses it before. */
export function notOffered(kind: SinkKind): never {
  throw new Error(`no output for '${kind}'`);
}
