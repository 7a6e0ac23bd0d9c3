import { endOf, finish, notes, Outcome, Scenario } from './scenario';
import { LogFormat, LogMultiline, LogTimeFormat } from '../../../src';
import { Cell } from '../rig/cell';
import type { Collector } from '../rig/collectors';
import type { SinkKind } from '../rig/sinks';
import { sleep } from '../rig/wait';

function lines(kind: string, count: number, torn = false): Scenario['run'] {
  return async cell => {
    await cell.start();
    await cell.write({ kind, count, rate: 500, torn, maxSize: 2 ** 23 }).done;
    return finish(cell);
  };
}

const MAX_RECORD = 2 ** 20;

/** Writes lines up to the maximum record size, which must arrive unchanged, and longer lines, which can be dropped. */
async function longLines(cell: Cell): Promise<Outcome> {
  await cell.start();
  const long = { maxSize: 2 ** 25, rate: 20 };
  await cell.write({ id: 'long', size: 100_000, count: 20, ...long }).done;
  await cell.write({ id: 'exact', size: MAX_RECORD, count: 2, ...long }).done;
  await cell.write({ id: 'exact', size: MAX_RECORD + 1, count: 2, ...long }).done;
  await cell.write({ id: 'above', size: (MAX_RECORD * 3) / 2, count: 2, ...long }).done;
  // lines that are too long can be lost
  const above = cell.written.pop()!;
  await cell.write({ id: 'after', count: 100, rate: 500 }).done;
  const outcome = await finish(cell, 15);
  const { lost } = await cell.server.report(cell.sinkNames[0], [above]);
  return {
    ...outcome,
    note: notes(
      outcome.note,
      `${lost} of 2 lines that are too long are dropped${lost < 2 ? ', the others truncated or split' : ''}`,
    ),
  };
}

/**
 * Writes records whose first line contains fields, with stack traces. The fields must be parsed, and the message must
 * contain all lines.
 */
const tracesBehind =
  (kind: 'traces-thread' | 'traces-json' | 'traces-logfmt') =>
  async (cell: Cell): Promise<Outcome> => {
    await cell.start();
    await cell.write({ kind, count: 300, rate: 500, maxSize: 2 ** 23 }).done;
    const outcome = await finish(cell);
    const { records } = await cell.server.samples(cell.sinkNames[0]);
    // the server keeps only the text of records that it receives by the forward protocol
    const unparsed =
      cell.options.sinks[0].serves !== 'forward' &&
      records.find(({ raw, context }) => !/"thread": ?"main"/.test(raw + JSON.stringify(context)));
    if (unparsed) {
      throw new Error(`A record lacks its fields: ${unparsed.raw}`);
    }
    return outcome;
  };

const FIELDS = '^(?<time>[^ ]+) (?<level>[A-Z]+) (?<message>[^\\n]*) \\[(?<thread>[^\\]]+)\\]$';

/** The collector sends a record to Loki as its lines, so there are no fields to complete. */
const needsFields = ({ name }: Collector, { serves }: SinkKind) =>
  name === 'otel-collector' && serves === 'loki' ? 'the record is sent unchanged' : undefined;

const HOUR = 3600;

/** Writes lines with a time an hour ago, which each sink must receive as the time of the record. */
async function recordTime(cell: Cell): Promise<Outcome> {
  const anHourAgo = Date.now() / 1000 - HOUR;
  await cell.start();
  await cell.write({ count: 200, rate: 200, ago: HOUR }).done;
  const outcome = await finish(cell, 15);
  const { records } = await cell.server.samples(cell.sinkNames[0]);
  const wrong = records.find(({ time }) => Math.abs(secondsOf(time ?? '') - anHourAgo) > 60);
  const unknown = records.find(({ context }) => context?.severityNumber === 0);
  if (wrong ?? unknown) {
    throw new Error(
      wrong
        ? `A record has the time '${wrong.time}', which is not an hour ago.`
        : `A record has no severity: ${JSON.stringify(unknown!.context)}`,
    );
  }
  return outcome;
}

/** Returns the seconds since 1970 of a date, or of a number of seconds, milliseconds or nanoseconds. */
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
    title:
      'lines with quotes, control characters, spaces, variables or CRLF, and lines of 100 kB and 900 kB, ' +
      'arrive unchanged',
    run: lines('special', 120),
  },
  { name: 'torn-lines', title: 'lines are written in two halves', run: lines('text', 1000, true) },
  {
    name: 'broken-utf8',
    title: 'invalid UTF-8 is replaced, and everything else arrives unchanged',
    run: lines('broken', 600),
  },
  {
    name: 'long-lines',
    title: 'lines of 100 kB and of exactly 1 MiB arrive unchanged, and longer lines do not affect others',
    run: longLines,
  },
  {
    name: 'traces',
    title: 'stack traces of six languages become one record each, parsed by an expression',
    props: {
      multiline: LogMultiline.timestamp(),
      format: LogFormat.regex('^(?<time>[^ ]+) (?<level>[A-Z]+) (?<rest>.*)$'),
    },
    run: lines('traces', 1500),
  },
  {
    name: 'traces-thread',
    title: 'stack traces behind a line with a field after its message, parsed by an expression for one line',
    props: { multiline: LogMultiline.timestamp(), format: LogFormat.regex(FIELDS) },
    without: needsFields,
    run: tracesBehind('traces-thread'),
  },
  {
    name: 'traces-json',
    title: 'stack traces behind a line of JSON',
    props: { multiline: LogMultiline.startsWith('^\\{'), format: LogFormat.json() },
    without: needsFields,
    run: tracesBehind('traces-json'),
  },
  {
    name: 'traces-logfmt',
    title: 'stack traces behind a line of logfmt',
    props: { multiline: LogMultiline.startsWith('^time='), format: LogFormat.logfmt() },
    without: ({ formats, title }) => (formats.includes('logfmt') ? undefined : `${title} does not parse logfmt`),
    run: tracesBehind('traces-logfmt'),
  },
  {
    name: 'traces-sigterm',
    title: 'SIGTERM after a stack trace, as early as a pod sends it',
    props: { multiline: LogMultiline.timestamp(), format: LogFormat.regex(FIELDS) },
    without: needsFields,
    run: async cell => {
      await cell.start();
      await cell.write({ kind: 'traces-thread', count: 300, rate: 500, maxSize: 2 ** 23 }).done;
      await sleep(cell.container.lastLook);
      return { note: endOf(cell, await cell.terminate()) };
    },
  },
  {
    name: 'time',
    title: 'the sink receives the time and the severity of JSON lines',
    props: {
      format: LogFormat.json({ time: { field: 'time', format: LogTimeFormat.iso8601() }, severityField: 'level' }),
    },
    run: recordTime,
  },
  {
    name: 'credentials',
    title: 'a credential with quotes, dollars, spaces and braces',
    oddCredentials: true,
    without: (_, { auth }) => (auth === undefined ? 'the sink requires no credential' : undefined),
    run: async cell => {
      await cell.start();
      await cell.write({ count: 1000, rate: 1000 }).done;
      await sleep(1);
      const outcome = await finish(cell, 15);
      const secret = ['password', 'token', 'secret-access-key']
        .map(key => cell.options.secrets!.sink[key])
        .find(value => cell.output().includes(value));
      return { ...outcome, note: notes(outcome.note, secret !== undefined && 'the log contains the credential') };
    },
  },
];

export const CONTENTS: readonly Scenario[] = ALL.map(scenario => ({ once: true, ...scenario }));
