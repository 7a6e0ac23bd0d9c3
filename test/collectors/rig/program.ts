import { execFile, execFileSync, spawn } from 'child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { Cgroups } from './cgroups';
import type { Collector } from './collectors';
import { buildGo, builtDirectory } from './harness';
import type { Container } from './rendered';
import { Running, Started } from './started';

const run = promisify(execFile);

/** Runs the program of a collector. */
export interface Program {
  /** The source of the program, for the results. */
  readonly from: string;
  version(): Promise<string>;
  start(name: string, container: Container, logs: string): Promise<Running>;
}

const { TEST_COLLECTOR_ROOTS: ROOTS, TEST_COLLECTOR_RUNTIME: RUNTIME } = process.env;

/** Returns why the program of a collector cannot run on this machine; `undefined` if it can. */
export function whyNot(collector: Collector): string | undefined {
  if (!rootOf(collector) && RUNTIME) {
    return undefined;
  }
  if (!rootOf(collector) && collector.name !== 'otel-collector') {
    return 'TEST_COLLECTOR_ROOTS has no root directory of its image, and TEST_COLLECTOR_RUNTIME is not set';
  }
  return process.getuid!() === 0
    ? undefined
    : 'only root can enter the root directory of an image, and TEST_COLLECTOR_RUNTIME is not set';
}

/** Returns the program of a collector that can run on this machine. */
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

/** The root directory of an image, in separate namespaces. */
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
    const groups = Cgroups.create(name, container.memory, container.cpus);
    const { LD_PRELOAD: preload, ...env } = this.collector.env ?? {};
    const all = {
      ...env,
      ...(preload && existsSync(join(this.root, preload)) && { LD_PRELOAD: preload }),
      ...container.env,
    };
    const assignments = Object.entries(all).map(([key, value]) => `${key}=${value}`);
    const process = spawn(
      'unshare',
      [
        ...NAMESPACES,
        'bash',
        ENTER,
        this.root,
        `${container.uid}:${container.gid}`,
        ...(groups?.processes ?? []).map(file => `cgroup:${file}`),
        ...container.mounts.map(({ from, path, readOnly }) => `${from}:${path}${readOnly ? ':ro' : ''}`),
        '--',
        ...assignments,
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

/** An image in a container runtime with the commands of Docker. */
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
        ...container.mounts.flatMap(({ from, path, readOnly }) => [
          '--volume',
          `${from}:${path}${readOnly ? ':ro' : ''}`,
        ]),
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
      return pid > 0 ? Cgroups.ofProcess(pid) : undefined;
    } catch {
      return undefined;
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
