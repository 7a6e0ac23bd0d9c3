/** Runs a limited number of tasks at a time, in order. */
export class Pool {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  public async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) {
      this.free--;
    } else {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) {
        next();
      } else {
        this.free++;
      }
    }
  }
}
