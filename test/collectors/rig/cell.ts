import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import type { Collector } from './collectors';
import { Report, SinkServer, startWriter, Written, WriterOptions } from './harness';
import { Ports } from './ports';
import { Program, programOf } from './program';
import { Container, renderContainer } from './rendered';
import { AUTHORITY, CREDENTIALS, SinkKind } from './sinks';
import { Exit, Running } from './started';
import { isListening, until } from './wait';
import { LogRotation, LogShippingProps, LogSinkOptions, SecretSource } from '../../../src';
import { logged } from '../../logging/fixtures';

/** The collector and the sinks of a cell, and other props of the shipping. */
export interface CellOptions {
  readonly collector: Collector;
  readonly sinks: readonly SinkKind[];
  readonly sinkOptions?: LogSinkOptions;
  readonly props?: Partial<LogShippingProps>;
  /** The initial mode of each sink. */
  readonly modes?: readonly string[];
  readonly keep?: number;
  /** Secrets in addition to `CREDENTIALS`, which they override. */
  readonly secrets?: Record<string, Record<string, string>>;
}

/** A rotation that keeps all lines of a scenario, so that only the collector can lose lines. */
export const ROTATION = { maxFileSize: Size.mebibytes(2), maxFiles: 40 };

const SECRET = 'sink';
const READY_SECONDS = 60;

/** A collector with its generated configuration, a directory of logs, and sinks that record the lines. */
export class Cell {
  public static async open(options: CellOptions): Promise<Cell> {
    const ports = Ports.claim();
    const directory = mkdtempSync(join(tmpdir(), 'cell-'));
    try {
      const cell = new Cell(options, ports, directory);
      await cell.serve();
      return cell;
    } catch (error) {
      ports.free();
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  public server!: SinkServer;
  public container!: Container;
  public program!: Program;
  /** The current process. */
  public running?: Running;
  public readonly written: Written[] = [];
  public readonly exits: Exit[] = [];
  /** Unexpected exits, after which a kubelet would restart the container. */
  public readonly died: Exit[] = [];
  /** The highest observed size of the volume for offsets and buffers. */
  public peakState = 0;
  private readonly earlier: Running[] = [];
  private starts = 0;
  private timer?: NodeJS.Timeout;

  private constructor(
    public readonly options: CellOptions,
    private readonly ports: Ports,
    public readonly directory: string,
  ) {}

  public get logs(): string {
    return join(this.directory, 'volumes/logs');
  }

  /** The names of the sinks in their server. */
  public get sinkNames(): string[] {
    return this.options.sinks.map((_, i) => `sink-${i}`);
  }

  private async serve(): Promise<void> {
    const { sinks, collector, props, sinkOptions, modes, keep, secrets } = this.options;
    const control = this.ports.take();
    const served = sinks.map((sink, i) => ({ sink, port: this.ports.take(), name: this.sinkNames[i] }));
    const [healthPort, metricsPort] = [this.ports.take(), this.ports.take()];
    const objects = logged({
      rotation: LogRotation.byApp(ROTATION),
      ...props,
      collector: collector.make({ healthPort, metricsPort }),
      sinks: served.map(({ sink, port }, i) =>
        sink.define(
          port,
          { ...sinkOptions, ...(sinks.length > 1 && { name: `${sink.serves}-${i}` }) },
          SecretSource.fromName(SECRET),
        ),
      ),
    });
    const ca = join(this.directory, 'ca.crt');
    const credentials = { ...CREDENTIALS, ...secrets?.[SECRET] };
    this.server = await SinkServer.start(
      control,
      ca,
      served.map(({ sink, port, name }, i) => ({
        name,
        port,
        keep,
        kind: sink.serves,
        tls: sink.tls,
        mode: modes?.[i] === 'ok' ? undefined : modes?.[i],
        path: join(this.directory, 'output/stdout.log'),
        auth: Object.fromEntries(Object.entries(sink.auth ?? {}).map(([part, key]) => [part, credentials[key]])),
      })),
    );
    try {
      this.container = renderContainer(objects, {
        directory: join(this.directory, 'volumes'),
        pod: 'app-7d4b9c-x2x1z',
        namespace: 'shop',
        secrets: { ...secrets, [SECRET]: credentials, [AUTHORITY]: { 'ca.crt': readFileSync(ca, 'utf8') } },
      });
      mkdirSync(this.logs, { recursive: true });
      this.program = programOf(collector, this.container);
    } catch (error) {
      await this.server.stop();
      throw error;
    }
  }

  /** Starts or restarts the collector with the same volumes. */
  public async start({ ready = true }: { ready?: boolean } = {}): Promise<number> {
    if (this.running) {
      this.earlier.push(this.running);
      await this.running.remove();
    }
    const name = `${this.directory.split('/').pop()}-${this.starts++}`;
    const begun = Date.now();
    this.running = await this.program.start(name, this.container, join(this.directory, 'output'));
    void this.running.exited.then(exit => exit.requested || this.died.push(exit));
    this.timer ??= setInterval(() => this.sampleState(), 500);
    if (ready && !(await this.becomesReady())) {
      throw new Error(`the collector is not ready: ${this.lastMessage()}`);
    }
    return (Date.now() - begun) / 1000;
  }

  /** Waits until the probe succeeds; returns false if the collector exits or the time is up. */
  public async becomesReady(seconds = READY_SECONDS): Promise<boolean> {
    let ended = false;
    void this.running!.exited.then(() => (ended = true));
    return (await until(async () => ended || this.isHealthy(), seconds)) && !ended;
  }

  public async isHealthy(): Promise<boolean> {
    const { port, path } = this.container.health;
    return path === undefined
      ? isListening(port)
      : fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }).then(
          response => response.ok,
          () => false,
        );
  }

  /** Stops the collector as a kubelet does, with SIGKILL after the grace period. Returns the seconds until it exits. */
  public async terminate(): Promise<number> {
    const begun = Date.now();
    await this.running!.kill('SIGTERM');
    const timer = setTimeout(() => void this.running!.kill('SIGKILL'), this.container.grace * 1000);
    this.exits.push(await this.running!.exited);
    clearTimeout(timer);
    return (Date.now() - begun) / 1000;
  }

  public async crash(): Promise<void> {
    await this.running!.kill('SIGKILL');
    await this.running!.exited;
  }

  /** Starts writing lines, with numbers that continue the previous ones. */
  public write(options: WriterOptions): { done: Promise<Written>; stop(): void } {
    const id = options.id ?? 'a';
    const before = this.written.filter(range => range.id === id).map(({ last }) => last);
    const writer = startWriter(this.logs, {
      maxSize: ROTATION.maxFileSize.toMebibytes() * 2 ** 20,
      maxFiles: ROTATION.maxFiles,
      kind: this.lineKind,
      ...options,
      id,
      first: Math.max(0, ...before) + 1,
    });
    return {
      ...writer,
      done: writer.done.then(written => {
        this.written.push(written);
        return written;
      }),
    };
  }

  /** The kind of lines for the format of the shipping. */
  public get lineKind(): string {
    const kind = this.options.props?.format?._kind ?? 'text';
    return kind === 'regex' ? 'text' : kind;
  }

  public mode(mode: string, delay = 0, sink = 0): Promise<void> {
    return this.server.mode(this.sinkNames[sink], mode, delay);
  }

  public report(sink = 0): Promise<Report> {
    return this.server.report(this.sinkNames[sink], this.written);
  }

  /** Waits until all lines have arrived. Returns the seconds, or `undefined` after the timeout. */
  public async allArrived(seconds: number, sink = 0): Promise<number | undefined> {
    const begun = Date.now();
    const arrived = await until(async () => (await this.report(sink)).lost === 0, seconds);
    return arrived ? (Date.now() - begun) / 1000 : undefined;
  }

  /** Returns the last characters of the collector's output. */
  public output(length = 100_000): string {
    return ['stdout.log', 'stderr.log']
      .map(name => join(this.directory, 'output', name))
      .filter(existsSync)
      .map(file => readFileSync(file, 'utf8').slice(-length))
      .join('\n');
  }

  /** Returns the last error in the output, or its last line. */
  public lastMessage(): string {
    const lines = this.output(5000)
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
    return (lines.filter(line => /error|fail|fatal/i.test(line)).pop() ?? lines.pop() ?? 'no output').slice(0, 300);
  }

  public usage(): { peakMemory: number; cpuSeconds: number; outOfMemory: number } | undefined {
    const all = [...this.earlier, ...(this.running ? [this.running] : [])].flatMap(process => process.usage() ?? []);
    return all.length === 0
      ? undefined
      : {
          peakMemory: Math.max(...all.map(({ peakMemory }) => peakMemory)),
          cpuSeconds: all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
          outOfMemory: all.reduce((sum, { outOfMemory }) => sum + outOfMemory, 0),
        };
  }

  /** Stops all processes, and deletes the directory unless it is kept for inspection. */
  public async close({ keep = process.env.KEEP_CELLS === 'true' } = {}): Promise<void> {
    clearInterval(this.timer);
    if (this.running) {
      await this.running.kill('SIGKILL');
      await this.running.remove();
    }
    await this.server.stop();
    this.ports.free();
    if (!keep) {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }

  private sampleState(): void {
    this.peakState = Math.max(this.peakState, bytesIn(join(this.directory, 'volumes/logs-state')));
  }
}

/** Returns the disk usage of a directory. */
function bytesIn(directory: string): number {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .reduce(
        (sum, entry) =>
          sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.blocks ?? 0) * 512,
        0,
      );
  } catch {
    return 0;
  }
}
