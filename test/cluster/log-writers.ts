import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  HealthCheck,
  LogCollector,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogShippingProps,
  LogSink,
  AppWorkloadProps,
} from 'cdk8s-storage-patterns';
import { eventually, report, TestNamespace } from './cluster';
import { COLLECTOR_CASES, CollectorCase, SinkOptions } from './log-collectors';
import { RecordingSink } from './recording-sink';

export const BUSYBOX = 'docker.io/library/busybox:1.36';
// six or more pods must fit on one small node
export const SMALL = { cpu: { request: Cpu.millis(20) }, memory: { limit: Size.mebibytes(256) } };
export const PAYLOAD = 'the quick brown fox jumps over the lazy dog';

/**
 * Writes numbered lines, renames files above `rotateAt` bytes, and numbers the last line as well, which marks the end.
 */
export const writer = (lines: number, pause: number, rotateAt: number) => `
cd /var/log/app; i=0; stop=0; trap 'stop=1' TERM
while [ $stop = 0 ]; do
  n=0; while [ $n -lt ${lines} ]; do i=$((i+1)); n=$((n+1)); echo "$HOSTNAME $i ${PAYLOAD}"; done >> app.log
  if [ $(stat -c %s app.log) -gt ${rotateAt} ]; then
    for k in 4 3 2 1; do [ -f app.log.$k ] && mv app.log.$k app.log.$((k+1)); done; mv app.log app.log.1
  fi
  sleep ${pause}
done
echo "$HOSTNAME $((i+1)) end" >> app.log
`;

/** Lines that arrived at a sink, by writer and line number. */
export class Arrivals {
  public readonly writers = new Map<string, Map<number, number>>();
  public readonly ends = new Map<string, number>();
  public damaged = 0;

  public record(body: string): void {
    const [, pod, n, text] = /^(\S+) (\d+) (.*)$/s.exec(body) ?? [];
    if (text !== PAYLOAD && text !== 'end') {
      this.damaged++;
      return;
    }
    const seen = this.writers.get(pod) ?? this.writers.set(pod, new Map()).get(pod)!;
    seen.set(Number(n), (seen.get(Number(n)) ?? 0) + 1);
    if (text === 'end') {
      this.ends.set(pod, Number(n));
    }
  }

  /** The line numbers that did not arrive, as ranges. */
  public missing(): string[] {
    return [...this.writers]
      .map(([pod, seen]) => {
        const last = this.lastOf(pod);
        const gaps: string[] = [];
        for (let n = 1; n <= last; n++) {
          const from = n;
          while (n <= last && !seen.has(n)) {
            n++;
          }
          if (n > from) {
            gaps.push(`${from} to ${n - 1}`);
          }
        }
        return gaps.length === 0 ? '' : `${pod} of ${last}${this.ends.has(pod) ? '' : ' or more'}: ${gaps.join(', ')}`;
      })
      .filter(Boolean);
  }

  public count() {
    let [total, lost, doubled] = [0, 0, 0];
    for (const [pod, seen] of this.writers) {
      const last = this.lastOf(pod);
      total += last;
      lost += last - seen.size;
      doubled += [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
    }
    return { writers: this.writers.size, total, lost, doubled, damaged: this.damaged };
  }

  /** The number of the last line of a writer. If the line that has it did not arrive, at least that line is lost. */
  private lastOf(pod: string): number {
    const numbers = [...this.writers.get(pod)!.keys()];
    return this.ends.get(pod) ?? numbers.reduce((max, n) => Math.max(max, n), 0) + 1;
  }
}

/** Writers in a separate namespace, and the sinks in this process that receive their lines. */
export class Logging {
  public readonly namespace: TestNamespace;
  private readonly sinks: RecordingSink[] = [];

  constructor(
    purpose: string,
    private readonly collector: CollectorCase = COLLECTOR_CASES[0],
  ) {
    this.namespace = TestNamespace.create(purpose);
  }

  public async sink(record: (body: string) => void): Promise<RecordingSink> {
    this.sinks.push(await RecordingSink.start(record));
    return this.sinks[this.sinks.length - 1];
  }

  /** The host of the sinks: the address of the node, which is this machine, or TEST_HOST. */
  public get sinkHost(): string {
    const { addresses } = this.namespace.get('nodes').items[0].status;
    return process.env.TEST_HOST ?? addresses.find(({ type }: any) => type === 'InternalIP').address;
  }

  public logSink({ port }: RecordingSink, options: SinkOptions = {}, collector = this.collector): LogSink {
    return collector.sink(`http://${this.sinkHost}:${port}`, options);
  }

  public pods(): string[] {
    return this.items().map((pod: any) => pod.metadata.name);
  }

  /** Crashes the collector of each pod. */
  public crash(pods: string[]): void {
    pods.forEach(pod => this.namespace.runInEphemeralContainer(pod, this.collector.container, this.collector.crash));
  }

  /** The restarts of the collectors of all pods. */
  public restarts(): number {
    return this.items()
      .flatMap((pod: any) => pod.status.initContainerStatuses)
      .reduce((sum: number, { restartCount }: any) => sum + restartCount, 0);
  }

  /** Waits for the rollout without blocking the sinks in this process. */
  public async rolledOut(): Promise<void> {
    await this.namespace.kubectlAsync('rollout', 'status', 'deployment/test-writer', '--timeout=180s');
  }

  /** Stops all writers, and waits until their pods are gone. */
  public async end(): Promise<void> {
    await this.namespace.kubectlAsync('scale', 'deployment/test-writer', '--replicas=0');
    await eventually('the writers are gone', () => this.pods().length === 0);
  }

  public stop(): void {
    this.sinks.forEach(sink => sink.stop());
    this.namespace.delete();
  }

  private items(): any[] {
    return this.namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items;
  }
}

/** Creates an app that writes and ships logs, with three replicas unless `props` overrides them. */
export function writers(
  chart: Chart,
  collector: LogCollector,
  script: string,
  sinks: LogSink[],
  props: Partial<AppWorkloadProps> = {},
  logs: Partial<LogShippingProps> = {},
): LoggedApp {
  return new LoggedApp(chart, 'writer', {
    image: BUSYBOX,
    replicas: 3,
    command: ['sh', '-c', script],
    resources: SMALL,
    healthCheck: HealthCheck.command(['true']),
    shutdownTimeout: Duration.seconds(5),
    ...props,
    logs: new LogShipping({
      collector,
      rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 6 }),
      sinks,
      ...logs,
    }),
  });
}

/** Prints the lines that arrived, and those that are missing. */
export function reportArrivals(test: string, arrivals: Arrivals): void {
  const { writers: seen, total, lost, doubled, damaged } = arrivals.count();
  report(`${test}: ${seen} writers, ${total} lines: ${lost} lost, ${doubled} doubled, ${damaged} damaged`);
  arrivals.missing().forEach(gap => report(`missing from ${gap}`));
}
