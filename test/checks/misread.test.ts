import { Testing } from 'cdk8s';
import { checkReadable, misread } from '../../src/checks/misread';

// test/yaml compares this list with the parser of kubectl
test.each([
  ['a\u007fb', 'it contains the character U+007F'],
  ['a\u0085b', 'it contains the character U+0085'],
  ['\u2028', 'it contains the character U+2028'],
  ['\ufffe', 'it contains the character U+FFFE'],
  ['\ufeff', 'it contains the character U+FEFF'],
  ['\ud800', 'it contains the character U+D800'],
  ['\ta\nb', 'it starts with a tab and has several lines'],
  [' \n', 'it contains only whitespace'],
  ['0o17', 'it looks like a number'],
  ['1e3_', 'it looks like a number'],
  ['-_1', 'it looks like a number'],
])('kubectl misreads %j', (text, reason) => {
  expect(misread(text)).toBe(reason);
});

test.each([
  'yes',
  'no',
  'on',
  'n',
  'null',
  '~',
  '',
  '1e3',
  '0x10',
  '010',
  '1_000',
  '0b11',
  '12:30:45',
  '2001-01-01',
  '.inf',
  '=',
  '<<',
  '_1',
  '0o8',
  '\ta',
  'a\n\tb',
  'a\tb',
  '\n',
  '\ud83d\ude00',
  'ü',
  '\u0000',
  '# a',
  '- a',
  'a: b',
  '{{ a }}',
  '&a',
  '*a',
  '!a',
  '%a',
  '@a',
])('kubectl reads %j back', text => {
  expect(misread(text)).toBeUndefined();
});

test('refuses a string that kubectl misreads, and prints it in ASCII', () => {
  expect(() => checkReadable(Testing.chart(), "'note'", 'ü\u2028')).toThrow(
    '[test] \'note\' is "\\u00fc\\u2028", which kubectl misreads in YAML because it contains the character ' +
      'U+2028. Use ' +
      'another value, or keep it in a file or a Secret.',
  );
  expect(() => checkReadable(Testing.chart(), "'note'", 'ü')).not.toThrow();
});
