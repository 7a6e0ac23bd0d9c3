/** Words and signs that YAML 1.1, YAML 1.2 and their parsers read differently. */
const TOKENS = [
  ...['yes', 'no', 'on', 'Off', 'y', 'N', '~', 'null', 'NULL', 'True', 'yEs'],
  ...['0440', '0o17', '0x1f', '0b11', '1_000', '1e3', '1.', '.5', '.5_1', '+12', '-0', '08', '12:30:45', '2001-01-01'],
  ...[
    '.inf',
    '.nan',
    '<<: {a: 1}',
    '<<: *x',
    '"<<": {b: 1}',
    '!!merge <<: {a: 2}',
    '<<: [{a: 3}]',
    '&x ',
    '*x',
    '!!str ',
    '!!int ',
    '!!binary aGk=',
    '!foo a',
    '? ',
    '- ',
  ],
  ...['\n', '\n  ', '\t', ' #c', '"', "'", '|\n', '>-\n', '{', '}', '[', ']', ',', ': ', 'a: 1\n', '"a": 1'],
  ...['%', '@', '`', '\\', '\r\n', '\r', '\u00a0', '\u0085', '\u2028', '\ufeff', '=', '&&', '**', '!', '&a [*a]'],
];

/**
 * Returns a function that returns integers below a number, the same ones for a seed.
 *
 * @see https://en.wikipedia.org/wiki/Lehmer_random_number_generator
 */
export function generator(seed: number): Random {
  const modulus = 2 ** 31 - 1;
  let state = seed;
  return below => {
    state = (state * 48271) % modulus;
    return Math.floor((state / modulus) * below);
  };
}

export type Random = (below: number) => number;

const spliced = (text: string, at: number, deleted: number, inserted: string) =>
  text.slice(0, at) + inserted + text.slice(at + deleted);

const tokenOf = (random: Random) => TOKENS[random(TOKENS.length)];

const MUTATIONS: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => spliced(text, random(text.length), 1 + random(4), ''),
  (text, random) => spliced(text, random(text.length), 0, tokenOf(random)),
  // another value of a key
  (text, random) => {
    const values = [...text.matchAll(/(?<=: ).*$/gm)];
    const { index = 0, 0: value = '' } = values[random(values.length || 1)] ?? {};
    return spliced(text, index, value.length, tokenOf(random));
  },
  // a line twice, which repeats its key
  (text, random) => {
    const lines = text.split('\n');
    lines.splice(random(lines.length), 0, lines[random(lines.length)]);
    return lines.join('\n');
  },
  // another indentation
  (text, random) => {
    const lines = text.split('\n');
    const line = random(lines.length);
    lines[line] = ' '.repeat(random(3)) + lines[line].slice(random(3));
    return lines.join('\n');
  },
];

/** Returns documents with up to three random changes each, without lines that end a document. */
export function mutate(documents: readonly string[], count: number, seed: number): string[] {
  const random = generator(seed);
  const mutated: string[] = [];
  while (mutated.length < count) {
    let text = documents[random(documents.length)];
    for (let changes = 1 + random(3); changes > 0 && text.length > 0; changes--) {
      text = MUTATIONS[random(MUTATIONS.length)](text, random);
    }
    if (text.trim() !== '' && !/^(?:---|\.\.\.)/m.test(text)) {
      mutated.push(`${text.replace(/\n*$/, '')}\n`);
    }
  }
  return mutated;
}
