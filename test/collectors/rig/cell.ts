import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'fs';
import { connect } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import type { Collector } from './collectors';
import { Report, SinkServer, startWriter, Written, WriterOptions } from './harness';
import { Ports } from './ports';
import { Exit, Program, programOf, Running } from './program';
import { Container, laidOut } from './rendered';
import { AUTHORITY, CREDENTIALS, SinkKind } from './sinks';
import { LogRotation, LogShippingProps, LogSinkOptions, SecretSource } from '../../../src';
import { logged } from '../../logging/fixtures';

/** What is run: a collector and its sinks, with what else is said of the shipping. */
export interface CellOptions {
  readonly collector: Collector;
  readonly sinks: readonly SinkKind[];
  readonly sinkOptions?: LogSinkOptions;
  readonly props?: Partial<LogShippingProps>;
  /** How a sink answers from the start, by its place. */
  readonly modes?: readonly string[];
  readonly keep?: number;
  /** Secrets beside those of `CREDENTIALS`, or in their place. */
  readonly secrets?: Record<string, Record<string, string>>;
}

/** Rotation that keeps what is written in a scenario: what is lost then is the collector's loss. */
export const ROTATION = { maxFileSize: Size.mebibytes(2), maxFiles: 40 };

const SECRET = 'sink';
const READY_SECONDS = 60;

/** One collector as the library renders it, with recording sinks and a directory of logs, run on this machine. */
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
  /** The last that was started. */
  public running?: Running;
  public readonly written: Written[] = [];
  public readonly exits: Exit[] = [];
  /** How it ended where nobody had told it to; a kubelet would start it again. */
  public readonly died: Exit[] = [];
  /** The most bytes that the volume for offsets and buffers was seen to hold. */
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

  /** The names of the sinks at their server. */
  public get sinkNames(): string[] {
    return this.options.sinks.map((_, at) => `sink-${at}`);
  }

  private async serve(): Promise<void> {
    const { sinks, collector, props, sinkOptions, modes, keep, secrets } = this.options;
    const control = this.ports.take();
    const served = sinks.map((sink, at) => ({ sink, port: this.ports.take(), name: this.sinkNames[at] }));
    const [healthPort, metricsPort] = [this.ports.take(), this.ports.take()];
    const objects = logged({
      rotation: LogRotation.byApp(ROTATION),
      ...props,
      collector: collector.make({ healthPort, metricsPort }),
      sinks: served.map(({ sink, port }, at) =>
        sink.define(
          port,
          { ...sinkOptions, ...(sinks.length > 1 && { name: `${sink.serves}-${at}` }) },
          SecretSource.fromName(SECRET),
        ),
      ),
    });
    const ca = join(this.directory, 'ca.crt');
    const credentials = { ...CREDENTIALS, ...secrets?.[SECRET] };
    this.server = await SinkServer.start(
      control,
      ca,
      served.map(({ sink, port, name }, at) => ({
        name,
        port,
        keep,
        kind: sink.serves,
        tls: sink.tls,
        mode: modes?.[at] === 'ok' ? undefined : modes?.[at],
        path: join(this.directory, 'output/stdout.log'),
        auth: Object.fromEntries(Object.entries(sink.auth ?? {}).map(([part, key]) => [part, credentials[key]])),
      })),
    );
    try {
      this.container = laidOut(objects, {
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

  /** Starts the collector, or starts it again with the same volumes. */
  public async start({ ready = true }: { ready?: boolean } = {}): Promise<number> {
    if (this.running) {
      this.earlier.push(this.running);
      await this.running.remove();
    }
    const name = `${this.directory.split('/').pop()}-${this.starts++}`;
    const begun = Date.now();
    this.running = await this.program.start(name, this.container, join(this.directory, 'output'));
    void this.running.exited.then(exit => exit.asked || this.died.push(exit));
    this.timer ??= setInterval(() => this.lookAtState(), 500);
    if (ready && !(await this.becomesReady())) {
      throw new Error(`it is not ready: ${this.lastWords()}`);
    }
    return (Date.now() - begun) / 1000;
  }

  /** Whether its probe is answered, before it ends or a minute is over. */
  public async becomesReady(seconds = READY_SECONDS): Promise<boolean> {
    let ended = false;
    void this.running!.exited.then(() => (ended = true));
    return (await until(async () => ended || this.isHealthy(), seconds)) && !ended;
  }

  public async isHealthy(): Promise<boolean> {
    const { port, path } = this.container.health;
    return path === undefined
      ? listens(port)
      : fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }).then(
          response => response.ok,
          () => false,
        );
  }

  /** Ends it as a kubelet does: SIGTERM, and SIGKILL when the pod's grace is over. Gives the seconds that it took. */
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

  /** Starts to write lines, numbered on from those before. */
  public write(options: WriterOptions): { done: Promise<Written>; stop(): void } {
    const id = options.id ?? 'a';
    const before = this.written.filter(one => one.id === id).map(({ last }) => last);
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

  /** The kind of lines that the format asks for. */
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

  /** Waits until all that was written has come, and gives the seconds that it took; undefined where it did not. */
  public async allArrived(seconds: number, sink = 0): Promise<number | undefined> {
    const begun = Date.now();
    const arrived = await until(async () => (await this.report(sink)).lost === 0, seconds);
    return arrived ? (Date.now() - begun) / 1000 : undefined;
  }

  /** What it wrote to its output, at most the last so many characters. */
  public output(most = 100_000): string {
    return ['stdout.log', 'stderr.log']
      .map(name => join(this.directory, 'output', name))
      .filter(existsSync)
      .map(file => readFileSync(file, 'utf8').slice(-most))
      .join('\n');
  }

  public lastWords(): string {
    const lines = this.output(5000)
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
    return (lines.filter(line => /error|fail|fatal/i.test(line)).pop() ?? lines.pop() ?? 'it said nothing').slice(
      0,
      300,
    );
  }

  public usage(): { peakMemory: number; cpuSeconds: number; outOfMemory: number } | undefined {
    const all = [...this.earlier, ...(this.running ? [this.running] : [])].flatMap(one => one.usage() ?? []);
    return all.length === 0
      ? undefined
      : {
          peakMemory: Math.max(...all.map(one => one.peakMemory)),
          cpuSeconds: all.reduce((sum, one) => sum + one.cpuSeconds, 0),
          outOfMemory: all.reduce((sum, one) => sum + one.outOfMemory, 0),
        };
  }

  /** Ends everything, and forgets it unless it is to be looked at. */
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

  private lookAtState(): void {
    this.peakState = Math.max(this.peakState, bytesIn(join(this.directory, 'volumes/logs-state')));
  }
}

/** Asks again and again; false when the time is over. */
export async function until(condition: () => Promise<boolean>, seconds: number, pause = 200): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) {
      return false;
    }
    await sleep(pause / 1000);
  }
  return true;
}

export const sleep = (seconds: number) => new Promise<void>(resolve => setTimeout(resolve, seconds * 1000));

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    const say = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('connect', () => say(true))
      .once('error', () => say(false))
      .setTimeout(2000, () => say(false));
  });
}

/** The blocks that a directory takes. */
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
