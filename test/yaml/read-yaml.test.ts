import { isDeepStrictEqual } from 'util';
import { mutate } from './mutations';
import { kubectl, Reader, Reading } from './readers';
import { readValue } from '../../src/inspect/read-yaml';
import { MANIFESTS } from '../corpus/manifests';

let read: Reader;
beforeAll(() => {
  read = kubectl();
});

const documents = MANIFESTS.flatMap(({ text }) => text.split(/^---\n/m));

function readOurs(text: string): Reading {
  try {
    return { value: JSON.parse(JSON.stringify(readValue(text) ?? null)) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/**
 * A colon before a comma or bracket ends a plain key here, and is part of it for kubectl, which then rejects the key.
 * The tag `!` without a value is null here, and an empty string for kubectl.
 */
const EXCEPTIONS = /[^\s"']:[,\]}]|(?:[\s,[{])!\s*$/m;

/** The documents that both read, and differently. */
function differences(texts: readonly string[]): string[] {
  const readings = read(texts);
  expect(readings).toHaveLength(texts.length);
  return texts.filter((text, i) => {
    const [ours, theirs] = [readOurs(text), readings[i]];
    const isRefused = ours.error !== undefined || theirs.error !== undefined;
    return !isRefused && !isDeepStrictEqual(ours.value, theirs.value ?? null) && !EXCEPTIONS.test(text);
  });
}

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
