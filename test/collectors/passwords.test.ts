import { Cell } from './rig/cell';
import { COLLECTORS } from './rig/collectors';
import { Pool } from './rig/pool';
import { whyNot } from './rig/program';
import { sinkNamed } from './rig/sinks';
import { ODD_PASSWORDS } from '../odd-passwords';

/** Passwords that a collector changes. The OpenTelemetry Collector removes blanks around the content of a file. */
const CHANGED: Record<string, (password: string) => boolean> = {
  'otel-collector': password => password.trim() !== password,
};

// a cell mostly waits
const pool = new Pool(3);

/** Sends one line to Loki with basic authentication. Returns how much of it went wrong. */
async function send(collector: (typeof COLLECTORS)[number], password: string): Promise<object> {
  const cell = await Cell.open({
    collector,
    sinks: [sinkNamed('loki')],
    secrets: { sink: { username: 'shipper', password } },
  });
  try {
    await cell.start();
    await cell.write({ count: 1, rate: 1 }).done;
    const arrived = (await cell.allArrived(20)) !== undefined;
    const isPrinted = password.length > 5 && cell.output().includes(password);
    return { password, arrived, isPrinted, ...(!arrived && { output: cell.lastMessage() }) };
  } catch (error) {
    return { password, error: String(error) };
  } finally {
    await cell.close();
  }
}

describe.each(COLLECTORS)('$name', collector => {
  const missing = whyNot(collector);
  (missing ? test.skip : test)(
    `sends odd passwords unchanged, and does not print them`,
    async () => {
      const passwords = ODD_PASSWORDS.filter(password => !CHANGED[collector.name]?.(password));
      const results = await Promise.all(passwords.map(password => pool.run(() => send(collector, password))));
      expect(results).toEqual(passwords.map(password => ({ password, arrived: true, isPrinted: false })));
    },
    600_000,
  );
});
