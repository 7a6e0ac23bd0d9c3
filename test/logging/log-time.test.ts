import { logged } from './fixtures';
import { LogFormat, LogFormatOptions, LogTimeFormat } from '../../src';

const json = (options: LogFormatOptions) => () => logged({ format: LogFormat.json(options) });
const pattern = (text: string) => json({ time: { field: 'ts', format: LogTimeFormat.pattern(text) } });

test.each([['%Y-%m-%d %H:%M:%S,%L'], ['%d/%b/%Y:%H:%M:%S %z'], ['%Y%m%dT%H%M%S.%f'], ['[%b %d %Y, %H:%M:%S]']])(
  'a time may be written as %s',
  text => {
    expect(pattern(text)).not.toThrow();
  },
);

test.each<[string, () => unknown, string]>([
  [
    'a directive of one collector',
    pattern('%Y-%m-%d %T'),
    "The format of 'time' has '%T' in '%Y-%m-%d %T', which some collectors do not read. Use '%Y',",
  ],
  [
    'no year',
    pattern('%b %d %H:%M:%S'),
    "The format of 'time' is '%b %d %H:%M:%S' without '%Y', so that it names no instant. Add it, or leave 'time' out",
  ],
  ['a fraction after a colon', pattern('%Y-%m-%d %H:%M:%S:%L'), "'%L' or '%f' after '%S.' or '%S,' only"],
  ['a quote', pattern("%Y-%m-%d'%H:%M:%S"), 'no quotes, braces'],
  ['a directive twice', pattern('%Y-%m-%d %H:%M:%S %Y'), 'Write each directive once'],
  [
    'an unknown zone',
    json({ time: { field: 'ts', format: LogTimeFormat.iso8601(), zone: 'Mars/Olympus' } }),
    "The zone of 'time' is 'Mars/Olympus', which is not in the IANA database. Use a name such as " +
      "'Europe/Berlin' or 'UTC'",
  ],
  [
    'a nested field',
    json({ time: { field: 'a.b', format: LogTimeFormat.iso8601() } }),
    "The field of 'time' is 'a.b'. Name a field at the top of the record",
  ],
  [
    'an odd severity field',
    json({ severityField: 'log level' }),
    "'severityField' is 'log level'. Name a field at the top of the record",
  ],
])('%s is refused', (_, make, sentence) => {
  expect(make).toThrow(sentence);
});
