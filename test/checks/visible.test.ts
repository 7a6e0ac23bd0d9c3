import { visible, visibleJson, visibleLine, withoutCommands } from '../../src/checks/visible';

test.each([
  ['a\u202eb\u001b[1m\n', 'a\\u202eb\\u001b[1m\\u000a'],
  ['soft\u00adhyphen', 'soft\\u00adhyphen'],
  ['fillers \u115f\u1160\u3164\uffa0', 'fillers \\u115f\\u1160\\u3164\\uffa0'],
  ['a tag \u{e0041}', 'a tag \\u{e0041}'],
  ['zero width \u200b\u200d\u2060\ufeff', 'zero width \\u200b\\u200d\\u2060\\ufeff'],
  ['a variation \ufe0f\u{e0100}', 'a variation \\ufe0f\\u{e0100}'],
  ['lines \u0085\u2028\u2029\r', 'lines \\u0085\\u2028\\u2029\\u000d'],
  ['isolates \u2066\u2069\u061c', 'isolates \\u2066\\u2069\\u061c'],
  ['half \ud83d', 'half \\ud83d'],
  ['no character \uffff\u{1ffff}\u2800', 'no character \\uffff\\u{1ffff}\\u2800'],
  ['##[error]x ##vso[task.setvariable variable=a]b ##teamcity[x]', null],
  ['Übung 日本 😀 שלום ## Title [x]', 'Übung 日本 😀 שלום ## Title [x]'],
])('shows the invisible characters of %j', (text, expected) => {
  expect(visible(text)).toBe(expected ?? text.replaceAll('##', '\\u0023#'));
});

test.each(['::error::x', '  ::add-mask::x', '\u2003::stop-commands::x', '\u00a0::warning::x', '\u3000::group::x'])(
  'breaks the command %j at the beginning of a line only',
  command => {
    expect(visibleLine(command)).toContain('\\u003a:');
    expect(visibleLine(`a ${command}`)).not.toContain('\\u003a');
    expect(withoutCommands(`a\n${command}\nb`)).toMatch(/^a\n\s*\\u003a:.*\nb$/);
  },
);

test('writes JSON with the same values', () => {
  const value = { 'a\u202e': ['\u{e0041}\u2028\u00ad\ud83d', '##[add-mask]x', 'é😀', 1, null] };
  const json = visibleJson(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json).not.toMatch(/[\u00ad\u2028\u202e\ud800-\udfff](?<!😀)|##\[|\u{e0041}/u);
  expect(json).toContain('é😀');
});
