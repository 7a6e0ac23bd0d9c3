import { mutate } from './mutations';
import { differs, kubectl, Reader, readOurs } from './readers';
import { MANIFESTS } from '../corpus/manifests';

let read: Reader;
beforeAll(() => {
  read = kubectl();
});

const documents = MANIFESTS.flatMap(({ text }) => text.split(/^---\n/m));

/** The documents that both read, and differently. */
function differences(texts: readonly string[]): string[] {
  const readings = read(texts);
  expect(readings).toHaveLength(texts.length);
  return texts.filter((text, i) => differs(text, readOurs(text), readings[i]));
}

test('reads merge keys like kubectl, or refuses them', () => {
  const mappings = ['{a: 1}', '[{a: 1}, {a: 2, b: 3}]', '{<<: {a: 4}}', '{"<<": {a: 5}}', '&x {a: 6}', '[]', 'null'];
  const keys = ['<<', '"<<"', "'<<'", '!!merge <<', '!!str <<', '! <<', '&y <<', '? <<\n'];
  const merges = keys.flatMap(key => mappings.map(mapping => `${key}: ${mapping}`));
  const texts = merges.flatMap((merge, i) => [
    `${merge}\n`,
    `${merge}\na: 0\n`,
    `a: 0\n${merge}\n`,
    `${merge}\n${merges[(i + 5) % merges.length]}\n`,
    `q:\n  - ${merge.replace('\n', '\n    ')}\n    a: 7\n`,
  ]);
  expect(differences(texts)).toEqual([]);
  expect(texts.filter(text => readOurs(text).error === undefined).length).toBeGreaterThan(texts.length / 3);
});

test('reads the corpus like kubectl', () => {
  expect(documents.length).toBeGreaterThan(300);
  expect(differences(documents)).toEqual([]);
  expect(documents.filter(text => readOurs(text).error !== undefined)).toEqual([]);
});

test.each([1, 2, 3, 4])(
  'reads 5,000 changed documents like kubectl, or refuses them (seed %d)',
  seed => {
    const texts = mutate(documents, 5000, seed);
    expect(differences(texts)).toEqual([]);
    // most are still readable
    expect(texts.filter(text => readOurs(text).error === undefined).length).toBeGreaterThan(1000);
  },
  60_000,
);
