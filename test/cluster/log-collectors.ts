import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { LogAuth, LogCollector, LogSink, LogTls } from 'cdk8s-storage-patterns';

/** A collector as the tests run it on a cluster. */
export interface CollectorCase {
  readonly name: string;
  readonly collector: LogCollector;
  /** The name of its container. */
  readonly container: string;
  readonly sink: (url: string, options: SinkOptions) => LogSink;
  /** The smallest buffer for a sink. Omitted for Vector, which has none. */
  readonly smallBuffer?: Size;
  /**
   * The command that crashes the collector from a container that shares its processes and its user. Its first process
   * ignores a SIGKILL from there.
   */
  readonly crash: string[];
  /**
   * The address of its metrics, and the counters of lost records. The official image of Fluentd serves none for
   * Prometheus.
   */
  readonly metrics?: { readonly port: number; readonly path: string; readonly lost: RegExp };
}

export interface SinkOptions {
  readonly name?: string;
  readonly bufferSize?: Size;
}

// six or more pods must fit on one small node
const resources = { cpu: { request: Cpu.millis(20) } };
const open = { auth: LogAuth.none('inside this test only'), tls: LogTls.off('inside this test only') };

export const COLLECTOR_CASES: CollectorCase[] = [
  {
    name: 'the OpenTelemetry Collector',
    collector: LogCollector.openTelemetry({ resources }),
    container: 'logs-otel-collector',
    sink: (url, options) => LogSink.otlp({ url, ...open, ...options }),
    crash: ['kill', '-QUIT', '1'],
    smallBuffer: Size.mebibytes(4),
    // no metric counts the lines that rotation deletes while a sink is unavailable
  },
  {
    name: 'Fluentd',
    collector: LogCollector.fluentd({ resources }),
    container: 'logs-fluentd',
    smallBuffer: Size.mebibytes(1),
    sink: (url, options) => LogSink.http({ url, ...open, ...options }),
    // kills supervisor and worker, not tini; the brackets keep the pattern from matching this shell
    crash: [
      'sh',
      '-c',
      'for process in /proc/[0-9]*; do if grep -q "fluent[d]" $process/cmdline; then kill -KILL ' +
        '${process#/proc/}; fi; done',
    ],
  },
  {
    name: 'Fluent Bit',
    collector: LogCollector.fluentBit({ resources }),
    container: 'logs-fluent-bit',
    smallBuffer: Size.mebibytes(1),
    sink: (url, options) => LogSink.http({ url, ...open, ...options }),
    crash: ['kill', '-SEGV', '1'],
    metrics: {
      port: 2020,
      path: '/api/v2/metrics/prometheus',
      lost: /^fluentbit_output_dropped_records_total\S* (\d+)/gm,
    },
  },
  {
    name: 'Vector',
    collector: LogCollector.vector({ resources }),
    container: 'logs-vector',
    sink: (url, options) => LogSink.http({ url, ...open, name: options.name }),
    crash: ['kill', '-QUIT', '1'],
    // it counts deleted files only after the sink is available again
  },
];

/**
 * The collectors to test: all, or those in TEST_CLUSTER_COLLECTORS on a cluster that cannot pull every image.
 */
const wanted = process.env.TEST_CLUSTER_COLLECTORS?.split(',').map(name => name.trim());
export const isWanted = ({ container }: CollectorCase) => wanted?.includes(container.replace(/^logs-/, '')) ?? true;

/** Describes the same tests for each collector, and skips collectors that the cluster cannot run. */
export function describeEachCollector(tests: (collectorCase: CollectorCase) => void): void {
  for (const collectorCase of COLLECTOR_CASES) {
    (isWanted(collectorCase) ? describe : describe.skip)(collectorCase.name, () => tests(collectorCase));
  }
}
