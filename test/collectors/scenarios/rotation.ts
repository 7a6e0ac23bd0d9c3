import { readdirSync, rmSync } from 'fs';
import { join } from 'path';
import { endOf, finish, notes, Outcome, Scenario } from './scenario';
import { LogFormat, LogMultiline } from '../../../src';
import { Cell } from '../rig/cell';
import { sleep } from '../rig/wait';

const SMALL = 2 ** 19;

/** Writes lines before the collector starts, with a rotated file, and more lines while it runs. */
async function lateStart(cell: Cell): Promise<void> {
  await cell.write({ count: 3000, maxSize: 2 ** 18 }).done;
  await cell.start();
  await cell.write({ count: 3000, rate: 1000 }).done;
}

/** Crashes the collector three times while lines are written and rotated. */
const crashes =
  (kind: 'text' | 'traces', count: number, rate: number) =>
  async (cell: Cell): Promise<Outcome> => {
    await cell.start();
    const writer = cell.write({ count, rate, kind, maxSize: SMALL });
    for (let crash = 0; crash < 3; crash++) {
      await sleep(2.5);
      await cell.crash();
      await cell.start({ ready: false });
    }
    await writer.done;
    return finish(cell);
  };

const startAndEnd: Scenario[] = [
  {
    name: 'late-start',
    once: true,
    title: 'current and rotated files exist when the collector starts',
    run: async cell => {
      await lateStart(cell);
      return finish(cell);
    },
  },
  ...['json', 'logfmt'].map((kind): Scenario => ({
    name: kind,
    once: true,
    title: `the same, with lines in the format ${kind === 'json' ? 'JSON' : kind}`,
    props: { format: kind === 'json' ? LogFormat.json() : LogFormat.logfmt() },
    without: ({ formats, title }) => (formats.includes(kind) ? undefined : `${title} does not parse ${kind}`),
    run: async cell => {
      await lateStart(cell);
      return finish(cell);
    },
  })),
  {
    name: 'sigterm',
    once: true,
    title: 'SIGTERM 2 s after the last line',
    run: async cell => {
      await cell.start();
      await cell.write({ count: 8000, rate: 2000, maxSize: SMALL }).done;
      await sleep(2);
      return { note: endOf(cell, await cell.terminate()) };
    },
  },
  {
    name: 'sigkill',
    title: 'three SIGKILLs under load, with rotation',
    run: crashes('text', 20_000, 2000),
  },
  {
    name: 'sigkill-traces',
    title: 'three SIGKILLs under load, with rotation, while stack traces are read',
    props: { multiline: LogMultiline.timestamp() },
    run: crashes('traces', 5_000, 500),
  },
  {
    name: 'restart',
    once: true,
    title: 'SIGTERM, then a restart without new lines',
    run: async cell => {
      await cell.start();
      await cell.write({ count: 8000, rate: 4000, maxSize: SMALL }).done;
      await sleep(2);
      const ending = endOf(cell, await cell.terminate());
      await cell.start();
      await sleep(5);
      const outcome = await finish(cell, 10);
      return { ...outcome, note: notes(ending, outcome.note) };
    },
  },
];

const rotations: Scenario[] = [
  {
    name: 'rotation-while-down',
    title: 'files are rotated while the collector is down after a SIGKILL, and none is deleted',
    run: async cell => {
      await cell.start();
      await cell.write({ count: 3000, rate: 1500, maxSize: SMALL }).done;
      await cell.crash();
      await cell.write({ count: 10_000, maxSize: SMALL }).done;
      await cell.start();
      return finish(cell);
    },
  },
  {
    name: 'inode-reuse',
    title:
      'files that were read are deleted while the collector is down after a SIGKILL, and new files reuse their inodes',
    run: async cell => {
      await cell.start();
      await cell.write({ count: 12_000, rate: 4000, maxSize: SMALL }).done;
      await cell.allArrived(cell.options.sinks[0].serves === 's3' ? 4 : 20);
      await sleep(1);
      await cell.crash();
      // rotated files, which the rotation of the app would delete first
      readdirSync(cell.logs)
        .filter(name => /\.\d+$/.test(name))
        .forEach(name => rmSync(join(cell.logs, name)));
      await cell.write({ count: 12_000, maxSize: SMALL }).done;
      await cell.start();
      return finish(cell);
    },
  },
  {
    name: 'quick-rotations',
    once: true,
    title: '36 rotations in 20 s',
    run: async cell => {
      await cell.start();
      await cell.write({ count: 37_000, rate: 1850, rotateLines: 1000, maxSize: 2 ** 30 }).done;
      await sleep(2);
      return finish(cell);
    },
  },
];

export const ROTATIONS: readonly Scenario[] = [...startAndEnd, ...rotations];
