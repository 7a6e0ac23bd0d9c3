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
// six pods and more have to fit on one small node
export const SMALL = { cpu: { request: Cpu.millis(20) } };
const PAYLOAD = 'the quick brown fox jumps over the lazy dog';

/**
 * Numbers its lines, rotates by renaming once a file is larger than `rotateAt`, and says with its last line how many
 * there were.
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

/** What has arrived, by writer and number of the line. */
export class Arrivals {
  public readonly writers = new Map<string, Map<number, number>>();
  public readonly ends = new Map<string, number>();
  public damaged = 0;

  public take(body: string): void {
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

  /** The numbers that have not arrived, as ranges. */
  public missing(): string[] {
    return [...this.writers]
      .map(([pod, seen]) => {
        const last = this.ends.get(pod) ?? [...seen.keys()].reduce((most, n) => Math.max(most, n), 0) + 1;
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
      // a missing last line counts as lost
      const last = this.ends.get(pod) ?? [...seen.keys()].reduce((most, n) => Math.max(most, n), 0) + 1;
      total += last;
      lost += last - seen.size;
      doubled += [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
    }
    return { writers: this.writers.size, total, lost, doubled, damaged: this.damaged };
  }
}

/** Writers in a namespace of their own, and the sinks in this process that they are shipped to. */
export class Logging {
  public readonly namespace: TestNamespace;
  private readonly sinks: RecordingSink[] = [];

  constructor(
    purpose: string,
    private readonly collector: CollectorCase = COLLECTOR_CASES[0],
  ) {
    this.namespace = TestNamespace.create(purpose);
  }

  public async sink(take: (body: string) => void): Promise<RecordingSink> {
    this.sinks.push(await RecordingSink.start(take));
    return this.sinks[this.sinks.length - 1];
  }

  /** The sink as the pods reach it: this process is, on a cluster of one machine, on the node. */
  public logSink({ port }: RecordingSink, options: SinkOptions = {}): LogSink {
    const addresses = this.namespace.get('nodes').items[0].status.addresses;
    const host = process.env.TEST_HOST ?? addresses.find(({ type }: any) => type === 'InternalIP').address;
    return this.collector.sink(`http://${host}:${port}`, options);
  }

  public pods(): string[] {
    return this.items().map((pod: any) => pod.metadata.name);
  }

  /** Crashes the collector of each pod. */
  public crash(pods: string[]): void {
    pods.forEach(pod => this.namespace.runBeside(pod, this.collector.container, this.collector.crash));
  }

  /** How often the collectors of all pods have been started again. */
  public restarts(): number {
    return this.items()
      .flatMap((pod: any) => pod.status.initContainerStatuses)
      .reduce((sum: number, { restartCount }: any) => sum + restartCount, 0);
  }

  /** Waits without holding up the sinks, which are in this process. */
  public async rolledOut(): Promise<void> {
    await this.namespace.kubectlAsync('rollout', 'status', 'deployment/test-writer', '--timeout=180s');
  }

  /** Ends all writers, and waits until the last line of the last is on its way. */
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

/** Three writers, or as many as are given, that rotate their files, or have them rotated. */
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

/** Prints what has arrived and what has not. */
export function reportArrivals(what: string, arrivals: Arrivals): void {
  const { writers: seen, total, lost, doubled, damaged } = arrivals.count();
  report(`${what}: ${seen} writers, ${total} lines: ${lost} lost, ${doubled} doubled, ${damaged} damaged`);
  arrivals.missing().forEach(gap => report(`missing from ${gap}`));
}
