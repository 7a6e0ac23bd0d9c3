import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'fs';
import { join } from 'path';

const ROOT = '/sys/fs/cgroup';
const CONTROLLERS = ['memory', 'cpu', 'cpuacct'];
const V2 = existsSync(join(ROOT, 'cgroup.controllers'));

/** The resources that a program has used. */
export interface Usage {
  /** The highest anonymous memory, which the kernel cannot reclaim, unlike cached files. */
  readonly peakMemory: number;
  readonly cpuSeconds: number;
  /** The number of processes that the kernel killed because the memory limit was exceeded. */
  readonly outOfMemory: number;
}

/** The control groups of a program, version 1 or 2. */
export class Cgroups {
  /** Creates groups with the limits of a container; returns `undefined` without the permission to. */
  public static create(name: string, memory: number | undefined, cpus: number | undefined): Cgroups | undefined {
    try {
      const directories = V2
        ? [parentOfV2()]
        : CONTROLLERS.map(controller => join(ROOT, controller))
            .filter(existsSync)
            .map(directory => join(directory, 'log-collectors'));
      const groups = new Cgroups(
        directories.map(parent => join(parent, name)),
        true,
      );
      groups.directories.forEach(directory => mkdirSync(directory, { recursive: true }));
      if (memory !== undefined) {
        groups.write(V2 ? 'memory.max' : 'memory.limit_in_bytes', String(memory));
      }
      if (cpus !== undefined) {
        groups.write(V2 ? 'cpu.max' : 'cpu.cfs_period_us', V2 ? `${Math.round(cpus * 100_000)} 100000` : '100000');
        groups.write('cpu.cfs_quota_us', String(Math.round(cpus * 100_000)));
      }
      return groups;
    } catch {
      return undefined;
    }
  }

  /** Returns the groups of a process that a container runtime has created. */
  public static ofProcess(pid: number): Cgroups | undefined {
    try {
      const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
        .trim()
        .split('\n')
        .map(line => line.split(':'));
      const directories = V2
        ? lines.filter(([id]) => id === '0').map(([, , path]) => join(ROOT, path))
        : lines
            .filter(([, names]) => CONTROLLERS.some(controller => names.split(',').includes(controller)))
            .map(([, names, path]) => join(ROOT, names.split(',')[0], path));
      return new Cgroups(directories.filter(existsSync), false);
    } catch {
      return undefined;
    }
  }

  private peak = 0;
  private cpu = 0;
  private killed = 0;

  private constructor(
    private readonly directories: string[],
    private readonly isTemporary: boolean,
  ) {}

  /** The files to which a process must write its ID to join the groups. */
  public get processes(): string[] {
    return this.directories.map(directory => join(directory, 'cgroup.procs'));
  }

  /** Updates the usage. */
  public sample(): void {
    const memory = this.numbers('memory.stat');
    this.peak = Math.max(this.peak, memory[V2 ? 'anon' : 'total_rss'] ?? 0);
    this.cpu = V2 ? (this.numbers('cpu.stat').usage_usec ?? 0) / 1e6 : Number(this.read('cpuacct.usage') ?? 0) / 1e9;
    this.killed = this.numbers(V2 ? 'memory.events' : 'memory.oom_control').oom_kill ?? this.killed;
  }

  public get usage(): Usage {
    return { peakMemory: this.peak, cpuSeconds: this.cpu, outOfMemory: this.killed };
  }

  public remove(): void {
    if (this.isTemporary) {
      this.sample();
      this.directories.filter(existsSync).forEach(directory => {
        try {
          rmdirSync(directory);
        } catch {
          // a process that is exiting is still in the group; an empty group left behind is harmless
        }
      });
    }
  }

  private read(file: string): string | undefined {
    const found = this.directories.map(directory => join(directory, file)).find(existsSync);
    return found && readFileSync(found, 'utf8');
  }

  private numbers(file: string): Record<string, number> {
    return Object.fromEntries(
      (this.read(file) ?? '')
        .split('\n')
        .map(line => line.split(' '))
        .map(([name, value]) => [name, Number(value)]),
    );
  }

  private write(file: string, text: string): void {
    this.directories
      .map(directory => join(directory, file))
      .filter(existsSync)
      .forEach(found => writeFileSync(found, text));
  }
}

function parentOfV2(): string {
  const parent = join(ROOT, 'log-collectors');
  mkdirSync(parent, { recursive: true });
  [ROOT, parent].forEach(directory => writeFileSync(join(directory, 'cgroup.subtree_control'), '+memory +cpu'));
  return parent;
}
