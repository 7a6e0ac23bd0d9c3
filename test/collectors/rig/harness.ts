import { ChildProcess, execFileSync, spawn } from 'child_process';
import { createHash } from 'crypto';
import { mkdirSync } from 'fs';
import { join } from 'path';

const FOLDER = join(__dirname, '..');
/** The directory of built programs, a separate one for each work tree. */
const BUILT = join('/tmp', `collectors-${createHash('sha256').update(FOLDER).digest('hex').slice(0, 8)}`);
const built = new Map<string, string>();

/** Builds a Go program of this folder, once per run. */
export function buildGo(
  module: string,
  target: string,
  output = join(BUILT, module, target.split('/').pop()!),
): string {
  const key = `${module} ${target} ${output}`;
  if (!built.has(key)) {
    mkdirSync(join(output, '..'), { recursive: true });
    execFileSync('go', ['build', '-trimpath', '-o', output, target], {
      cwd: join(FOLDER, module),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0' },
    });
    built.set(key, output);
  }
  return output;
}

export const builtDirectory = (name: string) => join(BUILT, name);

/** The lines that a writer has written. */
export interface Written {
  readonly id: string;
  readonly first: number;
  readonly last: number;
  readonly rotations: number;
}

export interface WriterOptions {
  readonly id?: string;
  readonly first?: number;
  readonly count: number;
  readonly rate?: number;
  readonly kind?: string;
  readonly size?: number;
  readonly torn?: boolean;
  /** The age in seconds of the time in the lines. */
  readonly ago?: number;
  readonly rotateLines?: number;
  readonly file?: string;
  readonly rotated?: string;
  readonly maxSize?: number;
  readonly maxFiles?: number;
}

/** Starts writing lines; `stop` stops after a complete line. */
export function startWriter(directory: string, options: WriterOptions): { done: Promise<Written>; stop(): void } {
  const flags = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}=${value}`);
  const writer = spawn(buildGo('harness', './cmd/writer'), [`-dir=${directory}`, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  writer.stdout.on('data', data => (out += data));
  const done = new Promise<Written>((resolve, reject) => {
    writer.on('error', reject);
    writer.on('close', code =>
      code === 0 ? resolve(JSON.parse(out)) : reject(new Error(`The writer exited with ${code}.`)),
    );
  });
  return { done, stop: () => writer.kill() };
}

export const write = (directory: string, options: WriterOptions) => startWriter(directory, options).done;

export interface SinkConfig {
  readonly name: string;
  readonly kind: string;
  readonly port?: number;
  readonly path?: string;
  readonly tls?: boolean;
  readonly auth?: Record<string, string>;
  readonly mode?: string;
  readonly keep?: number;
}

/** The lines that a sink has received, see harness/internal/account/report.go. */
export interface Report {
  readonly received: number;
  readonly distinct: number;
  readonly doubled: number;
  readonly damaged: number;
  readonly lineEnds: number;
  readonly foreign: number;
  readonly lost: number;
  readonly lostRefused: number;
  readonly lostSample: string[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly requests: Record<string, number>;
  readonly notes: Record<string, number>;
  readonly auth: Record<string, number>;
}

export interface Sample {
  readonly seq: string;
  readonly time?: string;
  readonly raw: string;
  readonly context?: any;
}

/** The process with the sinks of one cell. */
export class SinkServer {
  public static async start(control: number, ca: string, sinks: SinkConfig[]): Promise<SinkServer> {
    const server = spawn(buildGo('harness', './cmd/sinks'), [], { stdio: ['pipe', 'pipe', 'pipe'] });
    server.stdin.write(`${JSON.stringify({ control, ca, sinks })}\n`);
    await new Promise<void>((resolve, reject) => {
      let errors = '';
      server.stderr.on('data', data => (errors += data));
      server.stdout.once('data', () => resolve());
      server.once('close', () => reject(new Error(`The sinks did not start: ${errors.trim()}`)));
    });
    return new SinkServer(control, server);
  }

  private constructor(
    private readonly control: number,
    private readonly server: ChildProcess,
  ) {}

  /** Sets the response of a sink: `ok`, `away`, `hang`, `poison`, `item400`, `item429` or a status, after a delay. */
  public async mode(sink: string, mode: string, delayMilliseconds = 0): Promise<void> {
    await this.ask(`mode?sink=${sink}&mode=${mode}&delay=${delayMilliseconds}`);
  }

  public report(sink: string, written: readonly Written[] = []): Promise<Report> {
    return this.ask(
      `report?sink=${sink}${written.map(({ id, first, last }) => `&written=${id}:${first}:${last}`).join('')}`,
    );
  }

  public samples(sink: string): Promise<{ records: Sample[]; odd: Sample[] }> {
    return this.ask(`samples?sink=${sink}`);
  }

  /** Stops the process, and waits until its ports are free. */
  public async stop(): Promise<void> {
    const closed = new Promise(resolve => this.server.once('close', resolve));
    if (this.server.exitCode === null) {
      this.server.stdin!.end();
      await closed;
    }
  }

  private async ask(path: string): Promise<any> {
    const response = await fetch(`http://127.0.0.1:${this.control}/${path}`);
    if (!response.ok) {
      throw new Error(`${path}: ${await response.text()}`);
    }
    return response.json();
  }
}
