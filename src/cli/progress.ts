/** The time between two lines, in milliseconds, so that fast commands write none. */
const INTERVAL = 200;

/** The used part of a stream. */
interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A line on a terminal that shows how far a command is. Other streams get nothing. */
export class Progress {
  private last: number;
  private isShown = false;

  constructor(
    private readonly stream: Stream = process.stderr,
    private readonly now: () => number = Date.now,
  ) {
    this.last = now();
  }

  /** Replaces the line. */
  public show(text: string): void {
    if (this.stream.isTTY && this.now() - this.last >= INTERVAL) {
      this.last = this.now();
      this.isShown = true;
      this.stream.write(`\r\u001b[K${text}`);
    }
  }

  /** Removes the line. */
  public clear(): void {
    if (this.isShown) {
      this.isShown = false;
      this.stream.write('\r\u001b[K');
    }
  }
}
