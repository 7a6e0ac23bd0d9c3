import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';

// below the ephemeral ports of the kernel and the node ports of Kubernetes
const FIRST = 20_000;
const EACH = 40;
const SLOTS = 100;
// a fixed directory, because each Jest process has a separate directory for temporary files
const DIRECTORY = '/tmp/collector-ports';

/** Ports that no other cell on this machine uses. */
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
    throw new Error(`All ports from ${FIRST} are in use by the processes in ${DIRECTORY}.`);
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

/** Returns whether a process listens on one of the ports, for example a program of a killed run. */
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
    // the claim of a killed run is free
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
