import { YamlPlaces } from '../../src/inspect/yaml-places';

const TEXT = `# a comment
"quoted key":
  # another
  - one
  # between
  - two: 2
    flow: {a: [x, {'b': y}], c}
  -
alias: *other
`;

test.each<[(string | number)[], number, number]>([
  [[], 2, 1],
  [['quoted key'], 2, 1],
  [['quoted key', 0], 4, 5],
  [['quoted key', 1, 'two'], 6, 5],
  [['quoted key', 1, 'flow', 'a', 1, 'b'], 7, 20],
  [['quoted key', 1, 'flow', 'missing', 'more'], 7, 5],
  [['quoted key', 2, 'more'], 8, 3],
  [['alias', 'deep'], 9, 1],
])('locates %j, or the nearest value around it', (path, line, column) => {
  expect(new YamlPlaces(TEXT).locate(path)).toEqual({ line, column });
});

test.each<[text: string, line: number, column: number]>([
  ['a:\n  - { b: 1\n, c: 2 }\n', 2, 5],
  ['a:\n  - [ 1\n, { c: 2 } ]\n', 2, 5],
  ['a:\n  - { b: "\\q"\n, c: 2 }\n', 2, 5],
  ["a:\n  - { b: 'x'\n, 'c': 2 }\n", 2, 5],
  ['a: { b: 1\n, c: 2 }\n', 1, 1],
  ['a: { b: 1\n}\nc: 1\n', 1, 1],
])(
  'locates the nearest value around a value of %j, which this parser does not read as kubectl does',
  (text, ...place) => {
    const [line, column] = place;
    const places = new YamlPlaces(text);
    expect(places.locate(['a', 0, 'c'])).toEqual({ line, column });
    expect(places.repeatedKeys()).toEqual([]);
  },
);

test('locates an empty document at its first character', () => {
  expect(new YamlPlaces('').locate(['a'])).toEqual({ line: 1, column: 1 });
});
