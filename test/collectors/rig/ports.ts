import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';

// below what kernels give to connections, and what Kubernetes gives to Services
const FIRST = 20_000;
const EACH = 40;
const SLOTS = 100;
// Jest has a directory for temporary files of its own, and so would miss the claims of others
const DIRECTORY = '/tmp/collector-ports';

/** Ports that no other cell has, also of other runs on this machine. */
export class Ports {
  public static claim(): Ports {
    mkdirSync(DIRECTORY, { recursive: true });
    for (let slot = 0; slot < SLOTS; slot++) {
      const file = join(DIRECTORY, String(slot));
      const first = FIRST + slot * EACH;
      if (!isTaken(first) && tryClaim(file)) {
        return new Ports(first, file);
      }
    }
    throw new Error(`all ports from ${FIRST} on are taken, by what ${DIRECTORY} names`);
  }

  private next = 0;

  private constructor(
    private readonly first: number,
    private readonly file: string,
  ) {}

  public take(): number {
    return this.first + this.next++;
  }

  public free(): void {
    rmSync(this.file, { force: true });
  }
}

/** Whether something listens there, such as what a run left behind that was killed. */
function isTaken(first: number): boolean {
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .filter(existsSync)
    .flatMap(file => readFileSync(file, 'utf8').split('\n'))
    .map(line => /^\s*\d+: \w+:(\w+) \S+ 0A /.exec(line))
    .some(found => {
      const port = parseInt(found?.[1] ?? '0', 16);
      return port >= first && port < first + EACH;
    });
}

function tryClaim(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    // what a run left behind that was killed is free
    if (!isAlive(file)) {
      rmSync(file, { force: true });
    }
    return false;
  }
}

function isAlive(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
