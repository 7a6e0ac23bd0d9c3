import { logged } from './fixtures';
import { LogFormat, LogTimeFormat, LogTimeOptions } from '../../src';

const timed = (time: LogTimeOptions) => () => logged({ format: LogFormat.json({ time }) });
const pattern = (text: string) => timed({ field: 'ts', format: LogTimeFormat.pattern(text) });

test.each(['%Y-%m-%d %H:%M:%S,%L', '%d/%b/%Y:%H:%M:%S %z', '%Y%m%dT%H%M%S.%f', '[%b %d %Y, %H:%M:%S]'])(
  'accepts the time pattern %s',
  text => {
    expect(pattern(text)).not.toThrow();
  },
);

test.each<[string, () => unknown, string]>([
  [
    'a directive that only some collectors support',
    pattern('%Y-%m-%d %T'),
    "'format.time.format' is '%Y-%m-%d %T', but some collectors do not support '%T'. Use '%Y', '%m', ",
  ],
  [
    'a pattern without a year',
    pattern('%b %d %H:%M:%S'),
    "'format.time.format' is '%b %d %H:%M:%S' without '%Y', so it does not specify an instant. Add the directive, or " +
      "omit 'time'.",
  ],
  [
    'a fraction after a colon',
    pattern('%Y-%m-%d %H:%M:%S:%L'),
    "'format.time.format' is '%Y-%m-%d %H:%M:%S:%L', which some collectors do not support. Use each directive once, " +
      "'%L' and '%f' only after '%S.' or '%S,', and no quotes, braces, '#', '$' or '\\'.",
  ],
  ['a quote', pattern("%Y-%m-%d'%H:%M:%S"), "'format.time.format' is '%Y-%m-%d'%H:%M:%S', which some collectors "],
  [
    'a repeated directive',
    pattern('%Y-%m-%d %H:%M:%S %Y'),
    "'format.time.format' is '%Y-%m-%d %H:%M:%S %Y', which some collectors do not support. ",
  ],
  [
    'an unknown time zone',
    timed({ field: 'ts', format: LogTimeFormat.iso8601(), zone: 'Mars/Olympus' }),
    "'format.time.zone' is 'Mars/Olympus', which is not in the IANA database. Use a name such as 'Europe/Berlin' or " +
      "'UTC'.",
  ],
  [
    'a nested field',
    timed({ field: 'a.b', format: LogTimeFormat.iso8601() }),
    "'format.time.field' is 'a.b', which is not a valid field name. Name a top-level field of the record",
  ],
])('refuses %s', (_, ship, sentence) => {
  expect(ship).toThrow(`[test/app/logs] ${sentence}`);
});

test('refuses a missing format', () => {
  expect(timed({ field: 'ts' } as any)).toThrow(
    "[LogFormat.json] Required prop 'format' in 'time' is missing. Set it, for example 'format: ",
  );
});
