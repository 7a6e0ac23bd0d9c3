import type { Duration, Size } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-28';
import type { SinkKind } from '../log-sink';
import type { Pipeline } from '../pipeline';

/** What is to be known of a collector: facts of its image, and its own words for a pipeline. */
export interface CollectorPreset {
  /** Its name in a container's name. */
  readonly name: string;
  /** Its name in sentences. */
  readonly title: string;
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: Record<string, string>;
  readonly resources: ContainerResources;
  readonly healthPath: string;
  readonly healthPort: number;
  /** The port of its metrics, which may be that of its health. */
  readonly metricsPort: number;
  /** How long it may take to hand over what it holds. */
  readonly flush: Duration;
  /** The least that a buffer may hold. */
  readonly minBuffer?: Size;
  /** The formats that it cannot parse, and what to do about it. */
  readonly unsupportedFormats?: Record<string, string>;
  /** The sinks that it has. */
  readonly sinks: readonly SinkKind[];
  /** What to do about a sink that it has not, where there is something to be done. */
  readonly sinkRemedy?: string;
  /** Its configuration, by file name. */
  render(pipeline: Pipeline): Record<string, string>;
}
