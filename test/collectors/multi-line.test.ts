import { appendFileSync, existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Cell } from './rig/cell';
import { COLLECTORS } from './rig/collectors';
import { whyNot } from './rig/program';
import { sinkNamed } from './rig/sinks';
import { until } from './rig/wait';
import { LogFormat, LogMultiline } from '../../src';

const TRACE = `java.lang.IllegalStateException: "boom" in C:\\temp${'\n\tat com.acme.A.b(A.java:1)'.repeat(11)}\n}`;

interface Case {
  readonly name: string;
  readonly format: LogFormat;
  /** The lines before the stack trace. */
  readonly first: string;
  /** The fields of the record; the others are those of the collector. */
  readonly fields: Record<string, unknown>;
}

const regex = (name: string, pattern: string, first: string, fields: Record<string, unknown>): Case => ({
  name,
  format: LogFormat.regex(pattern),
  first,
  fields,
});
const WHOLE = '-> ERROR boom [main]';

const CASES: readonly Case[] = [
  regex('a group with all lines', '^-> (?<level>[A-Z]+) (?<rest>.*)$', WHOLE, {
    level: 'ERROR',
    rest: `boom [main]\n${TRACE}`,
  }),
  regex('a group that begins at the second line', '^-> (?<level>[A-Z]+) [^\\n]*\\n(?<trace>[\\s\\S]*)$', WHOLE, {
    level: 'ERROR',
    trace: TRACE,
  }),
  regex('a message of one line', '^-> (?<level>[A-Z]+) (?<message>[^\\n]*)', WHOLE, {
    level: 'ERROR',
    message: `boom [main]\n${TRACE}`,
  }),
  regex('a lazy group', '^-> (?<level>[A-Z]+?)', WHOLE, { level: 'E', message: TRACE }),
  regex('groups before the end of the first line', '^-> (?<level>[A-Z]+) ', WHOLE, { level: 'ERROR', message: TRACE }),
  regex('a field after the message', '^-> (?<level>[A-Z]+) (?<message>.*) \\[(?<thread>[a-z]+)\\]$', WHOLE, {
    level: 'ERROR',
    message: `boom\n${TRACE}`,
    thread: 'main',
  }),
  regex('a field after another field', '^-> (?<level>[A-Z]+) (?<text>.*) \\[(?<thread>[a-z]+)\\]$', WHOLE, {
    level: 'ERROR',
    text: 'boom',
    message: TRACE,
    thread: 'main',
  }),
  regex('no match', '^(?<number>[0-9]+)', WHOLE, { message: `${WHOLE}\n${TRACE}` }),
  {
    name: 'JSON without a message',
    format: LogFormat.json(),
    first: '{"level":"error","n":9007199254740993}',
    fields: { level: 'error', n: expect.anything(), message: TRACE },
  },
  {
    name: 'JSON with a message',
    format: LogFormat.json(),
    first: '{"message":"a \\"b\\" \\\\","level":"error","list":[],"none":null}',
    fields: { message: `a "b" \\\n${TRACE}`, level: 'error', list: [] },
  },
  {
    name: 'JSON with a message that is not a string',
    format: LogFormat.json(),
    first: '{"message":{"a":1}}',
    fields: { message: `{"message":{"a":1}}\n${TRACE}` },
  },
  {
    name: 'a first line that is not JSON',
    format: LogFormat.json(),
    first: '{level: error}',
    fields: { message: `{level: error}\n${TRACE}` },
  },
  {
    name: 'logfmt',
    format: LogFormat.logfmt(),
    first: 'level=error message="it failed"',
    fields: { level: 'error', message: `it failed\n${TRACE}` },
  },
];

describe.each(COLLECTORS)('$name', collector => {
  const missing = whyNot(collector);
  if (missing) {
    process.stdout.write(`    not run: ${collector.name}: ${missing}\n`);
  }
  const cases = CASES.filter(({ format }) => format._kind !== 'logfmt' || collector.formats.includes('logfmt'));

  (missing ? test.skip : test).each(cases)(
    'keeps the lines of a stack trace: $name',
    async ({ format, first, fields }) => {
      const multiline = LogMultiline.startsWith('^(?:[-{]|level=)');
      const cell = await Cell.open({ collector, sinks: [sinkNamed('stdout')], props: { format, multiline } });
      try {
        await cell.start();
        appendFileSync(join(cell.logs, 'app.log'), `${first}\n${TRACE}\n`);
        await until(() => Promise.resolve(recordsOf(cell).length > 0), 15);
        await cell.terminate();
        expect(recordsOf(cell)).toEqual([expect.objectContaining(fields)]);
      } finally {
        await cell.close();
      }
    },
    60_000,
  );
});

/** Returns the records that a collector has written to its standard output. */
function recordsOf({ directory }: Cell): any[] {
  const file = join(directory, 'output/stdout.log');
  return (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .flatMap(line => /\{.*"test-app".*\}/.exec(line) ?? [])
    .map(text => JSON.parse(text));
}
