import { ChildProcess, execFile, execFileSync, spawn } from 'child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { Cgroups, Usage } from './cgroups';
import type { Collector } from './collectors';
import { buildGo, builtDirectory } from './harness';
import type { Container } from './rendered';

const run = promisify(execFile);

/** How a program ended: by itself, with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was told to. */
  readonly asked: boolean;
}

/** A way to run a collector's program. */
export interface Program {
  /** Which way it is, for the results. */
  readonly from: string;
  version(): Promise<string>;
  start(name: string, container: Container, logs: string): Promise<Running>;
}

/** A program that was started. Its output is in `stdout.log` and `stderr.log` of the directory for logs. */
export interface Running {
  readonly exited: Promise<Exit>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  usage(): Usage | undefined;
  /** Forgets it, once it has ended. */
  remove(): Promise<void>;
}

const { TEST_COLLECTOR_ROOTS: ROOTS, TEST_COLLECTOR_RUNTIME: RUNTIME } = process.env;

/** Why a collector's program cannot be run here; undefined where it can. */
export function whyNot(collector: Collector): string | undefined {
  if (!rootOf(collector) && RUNTIME) {
    return undefined;
  }
  if (!rootOf(collector) && collector.name !== 'otel-collector') {
    return 'there is no root directory of its image in TEST_COLLECTOR_ROOTS, and no TEST_COLLECTOR_RUNTIME';
  }
  return process.getuid!() === 0
    ? undefined
    : 'only root can enter the root directory of an image, and there is no TEST_COLLECTOR_RUNTIME';
}

/** The program of a collector that can be run here. */
export function programOf(collector: Collector, { image }: Container): Program {
  const root = rootOf(collector);
  return root === undefined && RUNTIME
    ? new Runtime(RUNTIME, image, collector)
    : new RootDirectory(root ?? builtOtel(), collector);
}

function rootOf({ name }: Collector): string | undefined {
  const root = ROOTS && join(ROOTS, name);
  return root && existsSync(root) ? root : undefined;
}

function builtOtel(): string {
  const root = builtDirectory('roots/otel-collector');
  mkdirSync(root, { recursive: true });
  buildGo('otelcol', '.', join(root, 'otelcol-contrib'));
  return root;
}

/** The root directory of an image, entered in namespaces of its own. */
class RootDirectory implements Program {
  public readonly from = 'root directory';

  constructor(
    private readonly root: string,
    private readonly collector: Collector,
  ) {}

  public async version(): Promise<string> {
    const { stdout, stderr } = await run('unshare', [
      ...NAMESPACES,
      'bash',
      ENTER,
      this.root,
      '10001:10001',
      '--',
      ...this.collector.version,
    ]);
    return versionIn(stdout + stderr);
  }

  public async start(name: string, container: Container, logs: string): Promise<Running> {
    const groups = Cgroups.make(name, container.memory, container.cpus);
    const { LD_PRELOAD: preload, ...own } = this.collector.env ?? {};
    const all = {
      ...own,
      ...(preload && existsSync(join(this.root, preload)) && { LD_PRELOAD: preload }),
      ...container.env,
    };
    const env = Object.entries(all).map(([key, value]) => `${key}=${value}`);
    const process = spawn(
      'unshare',
      [
        ...NAMESPACES,
        'bash',
        ENTER,
        this.root,
        `${container.uid}:${container.gid}`,
        ...(groups?.processes ?? []).map(file => `cgroup:${file}`),
        ...container.mounts.map(({ from, at, readOnly }) => `${from}:${at}${readOnly ? ':ro' : ''}`),
        '--',
        ...env,
        ...(container.command ?? this.collector.entrypoint),
        ...container.args,
      ],
      { stdio: output(logs) },
    );
    return new Started(
      process,
      signal => {
        const child = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();
        globalThis.process.kill(Number(child), signal);
      },
      () => groups,
      async () => groups?.remove(),
    );
  }
}

const ENTER = join(__dirname, 'enter.sh');
const NAMESPACES = ['--mount', '--pid', '--fork', '--kill-child'];

/** An image, run by a container runtime that has Docker's commands. */
class Runtime implements Program {
  public readonly from: string;

  constructor(
    private readonly runtime: string,
    private readonly image: string,
    private readonly collector: Collector,
  ) {
    this.from = `${runtime}, ${image}`;
  }

  public async version(): Promise<string> {
    const [entrypoint, ...args] = this.collector.version;
    const { stdout, stderr } = await run(this.runtime, [
      'run',
      '--rm',
      '--entrypoint',
      entrypoint,
      this.image,
      ...args,
    ]);
    return versionIn(stdout + stderr);
  }

  public async start(name: string, container: Container, logs: string): Promise<Running> {
    const [entrypoint, ...before] = container.command ?? [];
    const process = spawn(
      this.runtime,
      [
        'run',
        '--name',
        name,
        '--network',
        'host',
        '--user',
        `${container.uid}:${container.gid}`,
        '--cap-drop',
        'ALL',
        '--security-opt',
        'no-new-privileges',
        ...(container.readOnly ? ['--read-only'] : []),
        ...(container.memory ? ['--memory', String(container.memory), '--memory-swap', String(container.memory)] : []),
        ...(container.cpus ? ['--cpus', String(container.cpus)] : []),
        ...container.mounts.flatMap(({ from, at, readOnly }) => ['--volume', `${from}:${at}${readOnly ? ':ro' : ''}`]),
        ...Object.entries(container.env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
        ...(entrypoint ? ['--entrypoint', entrypoint] : []),
        this.image,
        ...before,
        ...container.args,
      ],
      { stdio: output(logs) },
    );
    let groups: Cgroups | undefined;
    return new Started(
      process,
      signal => {
        execFileSync(this.runtime, ['kill', '--signal', signal, name], { stdio: 'ignore' });
      },
      () => (groups ??= this.groups(name)),
      async () => {
        await run(this.runtime, ['rm', '--force', name]);
      },
    );
  }

  private groups(name: string): Cgroups | undefined {
    try {
      const pid = Number(
        execFileSync(this.runtime, ['inspect', '--format', '{{.State.Pid}}', name], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      );
      return pid > 0 ? Cgroups.of(pid) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** What runs now. It would outlive this process: who changes its user is not told of a parent's death. */
const STARTED = new Set<Started>();
process.once('exit', () => STARTED.forEach(one => one.send('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1));
}

const BY_SIGNAL: Record<number, NodeJS.Signals | undefined> = {
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

class Started implements Running {
  public readonly exited: Promise<Exit>;
  private readonly timer: NodeJS.Timeout;
  private known: Cgroups | undefined;
  private ended = false;
  private killed = false;
  private asked = false;

  constructor(
    process: ChildProcess,
    private readonly signal: (signal: 'SIGTERM' | 'SIGKILL') => void,
    private readonly groups: () => Cgroups | undefined,
    private readonly forget: () => Promise<void>,
  ) {
    this.timer = setInterval(() => this.sample(), 250);
    STARTED.add(this);
    this.exited = new Promise(resolve =>
      process.once('close', (code, signalled) => {
        this.ended = true;
        clearInterval(this.timer);
        this.sample();
        STARTED.delete(this);
        // runtimes say so with a code, and unshare cannot kill itself as its child was killed
        const by = this.killed && code === 1 ? 'SIGKILL' : BY_SIGNAL[code ?? 0];
        resolve({ code: by ? null : code, signal: by ?? signalled, asked: this.asked });
      }),
    );
  }

  public async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.ended) {
      this.sample();
      this.killed ||= signal === 'SIGKILL';
      this.asked = true;
      this.send(signal);
    }
  }

  public usage(): Usage | undefined {
    if (!this.ended) {
      this.sample();
    }
    return this.known?.usage;
  }

  public async remove(): Promise<void> {
    await this.exited;
    await this.forget();
  }

  /** Without waiting for anything. */
  public send(signal: 'SIGTERM' | 'SIGKILL'): void {
    try {
      this.signal(signal);
    } catch {
      // it has just ended
    }
  }

  private sample(): void {
    this.known ??= this.groups();
    try {
      this.known?.sample();
    } catch {
      // the group of a container that has just ended
    }
  }
}

function output(logs: string): ['ignore', number, number] {
  mkdirSync(logs, { recursive: true });
  return ['ignore', openSync(join(logs, 'stdout.log'), 'a'), openSync(join(logs, 'stderr.log'), 'a')];
}

function versionIn(text: string): string {
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? text.trim().split('\n')[0];
}
