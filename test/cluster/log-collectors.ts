import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { LogAuth, LogCollector, LogSink, LogTls } from 'cdk8s-storage-patterns';

/** How the tests know one collector on a cluster. */
export interface CollectorCase {
  readonly name: string;
  readonly collector: LogCollector;
  /** The name of its container. */
  readonly container: string;
  readonly sink: (url: string, options: SinkOptions) => LogSink;
  /** The smallest buffer that it takes for a sink; Vector has none. */
  readonly smallBuffer?: Size;
  /**
   * What crashes it, from a container that shares its processes and its user; its first process takes no SIGKILL from
   * there.
   */
  readonly crash: string[];
  /**
   * Where its metrics are, and which of them count what it has given up. Fluentd's own image has none for Prometheus.
   */
  readonly metrics?: { readonly port: number; readonly path: string; readonly lost: RegExp };
}

export interface SinkOptions {
  readonly name?: string;
  readonly bufferSize?: Size;
}

// six pods and more have to fit on one small node
const resources = { cpu: { request: Cpu.millis(20) } };
const open = { auth: LogAuth.none('inside of this test'), tls: LogTls.off('inside of this test') };

export const COLLECTOR_CASES: CollectorCase[] = [
  {
    name: 'the OpenTelemetry Collector',
    collector: LogCollector.openTelemetry({ resources }),
    container: 'logs-otel-collector',
    sink: (url, options) => LogSink.otlp({ url, ...open, ...options }),
    crash: ['kill', '-QUIT', '1'],
    smallBuffer: Size.mebibytes(4),
    // what rotation deletes while it waits for a sink is in no metric
  },
  {
    name: 'Fluentd',
    collector: LogCollector.fluentd({ resources }),
    container: 'logs-fluentd',
    smallBuffer: Size.mebibytes(1),
    sink: (url, options) => LogSink.http({ url, ...open, ...options }),
    // supervisor and worker; the first process is tini, and the expression does not match its own command line
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
    // it counts the files that rotation deleted only when the sink is back
  },
];

/**
 * The collectors to run: all, or those named in TEST_CLUSTER_COLLECTORS, for clusters that cannot pull some of the
 * images.
 */
const wanted = process.env.TEST_CLUSTER_COLLECTORS?.split(',').map(name => name.trim());
export const isWanted = ({ container }: CollectorCase) => wanted?.includes(container.replace(/^logs-/, '')) ?? true;

/** Describes the same tests for each collector, and skips those that this cluster cannot run. */
export function describeEachCollector(tests: (one: CollectorCase) => void): void {
  for (const one of COLLECTOR_CASES) {
    (isWanted(one) ? describe : describe.skip)(one.name, () => tests(one));
  }
}
