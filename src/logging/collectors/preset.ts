import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { listed, sentence } from '../../checks/message';
import type { LogFormat, LogFormatKind } from '../log-format';
import type { CredentialPart, Pipeline } from '../pipeline';
import type { SinkKind } from '../sinks/sink-types';

/** A counter among the metrics of a collector. */
export interface Counter {
  readonly name: string;
  /** A label matcher in PromQL: `output!="logs"`. */
  readonly labels?: string;
  /** Returns the condition in PromQL for pods with these labels, if it is not that the counter grows. */
  expression?(pods: string): string;
}

/** The metrics of records that do not arrive. */
export interface LossMetrics {
  /** Records that are lost: dropped by a full buffer, rejected by the sink, or unread when their file was deleted. */
  readonly lost: readonly Counter[];
  /** Failures after which the collector tries again. */
  readonly retried: readonly Counter[];
}

/** The facts of a collector's image, and how to write its configuration. */
export interface CollectorPreset {
  /** The name in the name of the container. */
  readonly name: string;
  /** The name in messages. */
  readonly title: string;
  readonly image: string;
  /** The first version that the generated configuration works with. */
  readonly minimumVersion?: string;
  /** The image with `sleep` for clusters without the sleep action, if it exists. */
  readonly imageWithSleep?: string;
  readonly command?: string[];
  readonly env?: Record<string, string>;
  /** The variable with the memory limit of a Go program. */
  readonly memoryVariable?: string;
  readonly resources: ContainerResources;
  readonly healthPath: string;
  readonly healthPort: number;
  /** The port of the metrics, which can be the health port. */
  readonly metricsPort?: number;
  /** The path of the metrics; `undefined` if they are not in the format of Prometheus. */
  readonly metricsPath?: string;
  readonly lossMetrics?: LossMetrics;
  /** The remedy for a collector without metrics for Prometheus. */
  readonly metricsRemedy?: string;
  /** The time that the collector needs to notice a line, if more than two seconds. */
  readonly lastLook?: Duration;
  /** The time that the collector needs to send the records that wait. */
  readonly flush: Duration;
  /** Whether records wait in the log files, without other buffers. */
  readonly buffersInLogFiles?: boolean;
  /** The formats that the collector cannot parse, with what to do besides using another collector. */
  readonly unsupportedFormats?: Partial<Record<LogFormatKind, string>>;
  /** The supported sinks; `undefined` if they are unknown. */
  readonly sinks?: readonly SinkKind[];
  /** Whether the collector reads credentials from files; otherwise it reads variables. */
  readonly credentialFiles?: boolean;
  /** The variables of parts of a credential that no setting can rename. */
  readonly variables?: Partial<Record<CredentialPart, string>>;
  /** Returns the remedy for an unsupported sink besides using another collector. */
  sinkRemedy?(kind: SinkKind): string | undefined;
  /** Returns the arguments; the collector must exit within `flushSeconds`. */
  args?(flushSeconds: number): string[] | undefined;
  /** Returns the smallest buffer in bytes for records of this size. */
  leastBuffer?(maxRecordBytes: number, format: LogFormat): number;
  /** Returns the configuration, by file name. */
  render(pipeline: Pipeline): Record<string, string>;
}

/** A configured collector that knows the alternatives to it. */
export interface Collector extends CollectorPreset {
  /** Returns the factories of the collectors with this property: `LogCollector.vector`. */
  alternatives(hasProperty: (preset: CollectorPreset) => boolean): string[];
}

/** Returns a remedy that names the collectors with a property that this collector does not have. */
export function insteadOf(
  collector: Collector,
  hasProperty: (preset: CollectorPreset) => boolean,
  remedy?: string,
): string {
  const factories = collector.alternatives(hasProperty);
  const actions = [...(factories.length === 0 ? [] : [`use ${listed(factories, 'or')}`]), ...(remedy ? [remedy] : [])];
  return sentence(actions.join(', or '));
}

/** Returns resources with the full memory limit requested, and a CPU limit with room to catch up. */
export function collectorResources(cpuMillis: number, memoryMebibytes: number): ContainerResources {
  const memory = Size.mebibytes(memoryMebibytes);
  return { cpu: { request: Cpu.millis(cpuMillis), limit: Cpu.units(1) }, memory: { request: memory, limit: memory } };
}
