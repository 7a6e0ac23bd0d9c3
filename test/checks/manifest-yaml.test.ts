import { Yaml } from 'cdk8s';
import { ManifestYaml } from '../../src/checks/manifest-yaml';

const theirs = (...manifests: readonly any[]) => Yaml.stringify(...manifests);
const yaml = new ManifestYaml(theirs);
const ours = (...manifests: readonly any[]) => yaml.write(...manifests);
const expectSame = (...manifests: readonly any[]) => expect(ours(...manifests)).toBe(theirs(...manifests));

const STRINGS = [
  ...[
    '',
    ' ',
    'a',
    'a b',
    'é',
    '😀',
    '\t',
    'a\tb',
    '\u0007',
    '\ud800',
    '\u2028',
    "it's",
    '"a"',
    `"it's"`,
    '\\',
    '\r',
    'a\r\nb',
  ],
  ...[
    'true',
    'no',
    'Off',
    'y',
    'null',
    '~',
    '1',
    '-1',
    '0x1F',
    '0o17',
    '017',
    '1e3',
    '1_000',
    '.5',
    '.inf',
    '12:30',
    '1:2:3',
  ],
  ...[
    '2001-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '<<',
    '=',
    '-',
    '- a',
    '?',
    '? a',
    ':',
    'a:',
    'a: b',
    '#',
    'a #b',
    '&a',
    '*a',
  ],
  ...['!a', '|', '>', '%a', '@a', '`a', '{', '}', '[a]', ',', '---', '--- a', '---a', '...', '... a', 'a'.repeat(300)],
  ...[
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    '\na',
    ' a\nb',
    'a\n b\n',
    'a \n',
    'a\n ',
    '\t\na',
    'a: b\nc\n',
    '# a\nb',
    '---\na',
    'a\n---\n',
  ],
  ...[
    'a\n...\nb',
    '%a\nb',
    `${'a '.repeat(100)}\nb\n`,
    'a\n\u0007',
    '"a"\nb',
    '\n a',
    '  \n',
    'true\n',
    `{"a": 1,\n"b": 2}`,
  ],
  ...[
    'falsey',
    'false-',
    'null.json',
    'yes/no',
    'kubernetes.io/hostname',
    `a_${'b-'.repeat(100)}`,
    'e12345',
    'nan.nan',
  ],
  ...['x0.1e5', 'Infinity', 'y/n/y/n', 'on-off', 'True.1', 'NULL-1'],
];

const NUMBERS = [0, -0, 1, -1, 0.5, 1e21, 1e-7, 2 ** 53, 2 ** 53 + 2, -(2 ** 60), 288, 1.0, 123456789.123];

/** Values in which a value is at each kind of place: first and later, in maps and lists, and deeper. */
function placed(value: unknown): object {
  return {
    first: value,
    list: [value, 'a', value, [value, 'a'], [[value]], { a: value, b: [value] }, {}, []],
    map: { a: { b: { c: value }, d: 'a' }, e: {}, f: [] },
    last: value,
  };
}

describe('the bytes of cdk8s', () => {
  test.each(STRINGS)('with the string %j', text => {
    expectSame(placed(text), { [text]: 1 }, { a: { [text]: text, b: [{ [text]: { [text]: 'a' } }] } });
  });

  test('with two strings of several lines next to each other', () => {
    const texts = STRINGS.filter(text => text.includes('\n'));
    expectSame({
      a: texts,
      b: Object.fromEntries(texts.map((text, i) => [`k${i}`, text])),
      c: [texts, texts.map(a => ({ a }))],
    });
  });

  test.each(NUMBERS)('with the number %d', number => expectSame(placed(number)));

  test('with other scalars, empty collections and missing manifests', () => {
    expectSame(placed(true), placed(false), placed(null), placed(undefined), placed(NaN), placed(Infinity));
    expectSame(placed(new Array(2)), placed(['a', undefined]));
    expectSame({}, [], undefined, 'a', null, [placed('a')], placed({}), placed([]));
    expectSame();
  });

  test('with objects that are not plain JSON', () => {
    class Custom {
      public constructor(public readonly a = 1) {}
    }
    const values = [
      new Custom(),
      new Map([['a', 1]]),
      new Set([1]),
      new Date(0),
      { toJSON: () => 1 },
      Object.create(null),
    ];
    values.forEach(value => expectSame(placed(value)));
  });

  test('with an object at two places, to which YAML refers', () => {
    const shared = { a: 1 };
    expectSame(placed(shared));
    expect(ours(placed(shared))).toContain('&a1');
    expectSame({ first: shared }, { second: shared });
  });

  test('with an own key named as a property of all objects', () => {
    expectSame(placed(JSON.parse('{ "__proto__": { "a": "b" }, "constructor": "a", "toString": 1 }')));
  });
});
