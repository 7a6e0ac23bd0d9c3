import { finish, notes, Outcome, Scenario } from './scenario';
import { LogFormat, LogMultiline, LogTimeFormat } from '../../../src';
import { Cell, sleep } from '../rig/cell';

function lines(kind: string, count: number, torn = false): Scenario['run'] {
  return async cell => {
    await cell.start();
    await cell.write({ kind, count, rate: 500, torn, maxSize: 2 ** 23 }).done;
    return finish(cell);
  };
}

const MAX_RECORD = 2 ** 20;

/**
 * Lines up to what a record may hold, which have to come whole; and longer ones, which must not take others with them.
 */
async function longLines(cell: Cell): Promise<Outcome> {
  await cell.start();
  const long = { maxSize: 2 ** 25, rate: 20 };
  await cell.write({ id: 'long', size: 100_000, count: 20, ...long }).done;
  await cell.write({ id: 'exact', size: MAX_RECORD, count: 2, ...long }).done;
  await cell.write({ id: 'exact', size: MAX_RECORD + 1, count: 2, ...long }).done;
  await cell.write({ id: 'above', size: (MAX_RECORD * 3) / 2, count: 2, ...long }).done;
  // what is too long is not asked for
  const above = cell.written.pop()!;
  await cell.write({ id: 'after', count: 100, rate: 500 }).done;
  const outcome = await finish(cell, 15);
  const { lost } = await cell.server.report(cell.sinkNames[0], [above]);
  return {
    ...outcome,
    note: notes(
      outcome.note,
      `${lost} of 2 lines that are too long are left out${lost < 2 ? ', the others cut or split' : ''}`,
    ),
  };
}

const HOUR = 3600;

/**
 * Lines that were written an hour ago, as they say themselves: each sink has to have that for the record's own time.
 */
async function ownTime(cell: Cell): Promise<Outcome> {
  const begun = Date.now() / 1000 - HOUR;
  await cell.start();
  await cell.write({ count: 200, rate: 200, ago: HOUR }).done;
  const outcome = await finish(cell, 15);
  const { records } = await cell.server.samples(cell.sinkNames[0]);
  const wrong = records.find(({ time }) => Math.abs(secondsOf(time ?? '') - begun) > 60);
  const unknown = records.find(({ context }) => context?.severityNumber === 0);
  if (wrong ?? unknown) {
    throw new Error(
      wrong
        ? `a record of an hour ago has the time '${wrong.time}'`
        : `a record has no severity: ${JSON.stringify(unknown!.context)}`,
    );
  }
  return outcome;
}

/** Seconds since 1970 of a text, or of a number of seconds, milliseconds or nanoseconds. */
function secondsOf(time: string): number {
  const number = Number(time);
  return time === ''
    ? 0
    : Number.isNaN(number)
      ? Date.parse(time) / 1000
      : number / (number > 1e17 ? 1e9 : number > 1e11 ? 1e3 : 1);
}

const ALL: readonly Scenario[] = [
  {
    name: 'special',
    title: 'quotes, control characters, blanks, variables, CRLF, 100 kB and 900 kB: each line as it was written',
    run: lines('special', 120),
  },
  { name: 'torn-lines', title: 'lines that are written in two halves', run: lines('text', 1000, true) },
  {
    name: 'broken-utf8',
    title: 'bytes that are not UTF-8 are replaced, the rest of the line and all others as they were written',
    run: lines('broken', 600),
  },
  {
    name: 'long-lines',
    title: 'lines of 100 kB and of exactly 1 MiB are whole, longer ones take nothing with them',
    run: longLines,
  },
  {
    name: 'traces',
    title: 'stack traces of six languages, in one record and taken apart by an expression',
    props: {
      multiline: LogMultiline.timestamp(),
      format: LogFormat.regex('^(?<time>[^ ]+) (?<level>[A-Z]+) (?<rest>.*)$'),
    },
    run: lines('traces', 1500),
  },
  {
    name: 'time',
    title: 'the time and the severity of JSON lines, as the sink has them',
    props: {
      format: LogFormat.json({ time: { field: 'time', format: LogTimeFormat.iso8601() }, severityField: 'level' }),
    },
    run: ownTime,
  },
  {
    name: 'credentials',
    title: 'a credential with quotes, dollars, blanks and braces',
    oddCredentials: true,
    without: (_, { auth }) => (auth === undefined ? 'it asks for no credential' : undefined),
    run: async cell => {
      await cell.start();
      await cell.write({ count: 1000, rate: 1000 }).done;
      await sleep(1);
      const outcome = await finish(cell, 15);
      const secret = ['password', 'token', 'secret-access-key']
        .map(key => cell.options.secrets!.sink[key])
        .find(value => cell.output().includes(value));
      return { ...outcome, note: notes(outcome.note, secret !== undefined && 'the credential is in its log') };
    },
  },
];

export const CONTENTS: readonly Scenario[] = ALL.map(one => ({ once: true, ...one }));
