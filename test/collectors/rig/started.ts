import type { ChildProcess } from 'child_process';
import type { Cgroups, Usage } from './cgroups';

/** The exit of a program, with a code or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was stopped by this process. */
  readonly requested: boolean;
}

/** A program that has started. Its output is in `stdout.log` and `stderr.log` of the log directory. */
export interface Running {
  readonly exited: Promise<Exit>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  usage(): Usage | undefined;
  /** Waits until it exits, and removes its container and groups. */
  remove(): Promise<void>;
}

/** The running programs. They must be killed: a process that changes its user is not stopped with its parent. */
const STARTED = new Set<Started>();
process.once('exit', () => STARTED.forEach(program => program.send('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1));
}

const SIGNAL_OF_CODE: Record<number, NodeJS.Signals | undefined> = {
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

/** A child process, or a process in a container. */
export class Started implements Running {
  public readonly exited: Promise<Exit>;
  private readonly timer: NodeJS.Timeout;
  private known: Cgroups | undefined;
  private ended = false;
  private killed = false;
  private requested = false;

  constructor(
    process: ChildProcess,
    private readonly signal: (signal: 'SIGTERM' | 'SIGKILL') => void,
    private readonly groups: () => Cgroups | undefined,
    private readonly forget: () => Promise<void>,
  ) {
    this.timer = setInterval(() => this.sample(), 250);
    STARTED.add(this);
    this.exited = new Promise(resolve =>
      process.once('close', (code, signaled) => {
        this.ended = true;
        clearInterval(this.timer);
        this.sample();
        STARTED.delete(this);
        // runtimes report signals as codes, and unshare exits with 1 when its child is killed
        const killedBy = this.killed && code === 1 ? 'SIGKILL' : SIGNAL_OF_CODE[code ?? 0];
        resolve({ code: killedBy ? null : code, signal: killedBy ?? signaled, requested: this.requested });
      }),
    );
  }

  public async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.ended) {
      this.sample();
      this.killed ||= signal === 'SIGKILL';
      this.requested = true;
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

  /** Sends a signal without waiting. */
  public send(signal: 'SIGTERM' | 'SIGKILL'): void {
    try {
      this.signal(signal);
    } catch {
      // the process has just exited
    }
  }

  private sample(): void {
    this.known ??= this.groups();
    try {
      this.known?.sample();
    } catch {
      // the container has just exited
    }
  }
}
