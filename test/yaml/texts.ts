/**
 * Every character where those that YAML escapes may be, one in 64 of the letters beside, and some beyond the basic
 * plane.
 */
const isPicked = (code: number) =>
  code < 0x300 || (code >= 0x2000 && code < 0x2100) || code >= 0xfe00 || code % 64 === 0;
const characters = Array.from({ length: 0x10000 }, (_, code) => code)
  .filter(isPicked)
  .map(code => String.fromCharCode(code))
  .filter(char => !/\p{Surrogate}/u.test(char))
  .concat('\u{1f600}', '\u{1ffff}', '\u{10ffff}');

/** All words of up to so many letters of an alphabet. */
function words(alphabet: string, length: number): string[] {
  let longest = [''];
  const all: string[] = [];
  for (let n = 0; n < length; n++) {
    longest = longest.flatMap(word => [...alphabet].map(letter => word + letter));
    longest.forEach(word => all.push(word));
  }
  return all;
}

const special = [
  'y',
  'yes',
  'n',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  '.inf',
  '-.inf',
  '.nan',
  '<<',
  '=',
  '~',
  '',
  'nan',
  '2001-01-01',
  '12:30:45',
  '190:20:30.15',
  '2001-12-14t21:59:43.10-05:00',
  '9'.repeat(30),
  '---',
  '...',
  '!!str',
  '\r\n',
  'a\r\nb',
  '- a',
  'a: b',
  'a #b',
  'key: |\n  x\n',
  '__proto__',
  '\ufeff',
  'x\ufeff',
  `${'x'.repeat(300)} ${'y'.repeat(300)}`,
].flatMap(word => [
  word,
  word.toUpperCase(),
  word.slice(0, 1).toUpperCase() + word.slice(1),
  `${word}\n`,
  ` ${word}`,
  `${word} `,
  `a\n${word}`,
]);

/** Texts that parsers of YAML take for many things. */
export const TEXTS = [
  ...new Set([
    ...characters,
    ...characters.map(char => `a${char}b`),
    ...characters.slice(0, 0x100).map(char => `a\n${char}\nb`),
    ...words('01e_+o', 4),
    ...words('08_E-:.bx', 3),
    ...words(' \t\na', 4),
    ...words(' \n-?:,[]{}#&*!|>\'"%@`=<~\\', 2),
    ...special,
  ]),
];
