import { isDeepStrictEqual } from 'util';
import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { kubectl, NODE, python, Reader } from './readers';
import { TEXTS } from './texts';
import { misread } from '../../src/checks/misread';
import { run } from '../laws/arbitraries/program';
import { PROGRAMS } from '../laws/arbitraries/programs';

jest.spyOn(process, 'emitWarning').mockImplementation();

/**
 * The texts that a reader does not give back, each read where a value of the API stands: in a list of maps, after so
 * many bytes.
 */
function lost(read: Reader, texts: readonly string[], before = 0): string[] {
  const readings = read(
    texts.map(text => Yaml.stringify({ args: ['a'.repeat(before)], env: [{ value: text }], name: 'a' })),
  );
  expect(readings).toHaveLength(texts.length);
  return texts.filter((_, i) => readings[i].value?.env[0].value !== texts[i]);
}

/** Where what follows lies across the end of the 512 bytes that kubectl reads at a time. */
const ENDS = Array.from(
  { length: 24 },
  (_, i) => 512 - Yaml.stringify({ args: [''], env: [{ value: '' }] }).length - i,
);

/** The objects of programs that a reader does not give back. */
function changed(read: Reader, objects: readonly any[]): string[] {
  const readings = read(objects.map(object => Yaml.stringify(object)));
  // the order of keys carries no meaning, and Go's reader sorts them
  return objects
    .map(object => JSON.parse(JSON.stringify(object)))
    .map((meant, i) => ({ meant, read: readings[i] }))
    .filter(({ meant, read: { value } }) => !isDeepStrictEqual(meant, value))
    .map(
      ({ meant, read: { value, error } }) => `${JSON.stringify(meant)} is read as ${JSON.stringify(value) ?? error}`,
    );
}

const kept = TEXTS.filter(text => !misread(text));
const objects = [
  ...new Map(
    Object.values(PROGRAMS)
      .flatMap(programs => fc.sample(programs, 100))
      .flatMap(program => {
        try {
          return run(program);
        } catch {
          return []; // refused, as other tests hold
        }
      })
      .map(object => [JSON.stringify(object), object]),
  ).values(),
];

describe('kubectl', () => {
  let read: Reader;
  beforeAll(() => {
    read = kubectl();
  });

  test(`reads ${kept.length} texts as they are meant, and no more: what it misreads is what we refuse`, () => {
    const misreadTexts = TEXTS.filter(text => misread(text));
    const somewhere = new Set([0, ...ENDS].flatMap(before => lost(read, TEXTS, before)));
    // a byte order mark behind a letter of the same line is read, and refused with the others
    expect(TEXTS.filter(text => somewhere.has(text))).toEqual(
      misreadTexts.filter(text => !/^ ?\w\ufeff.*$/.test(text)),
    );
    expect(misreadTexts.length).toBeGreaterThan(200);
  });

  test('reads the objects of generated programs as they are meant', () => {
    expect(objects.length).toBeGreaterThan(300);
    expect(changed(read, objects)).toEqual([]);
  });
});

describe.each(Object.keys(NODE))('%s of Node', name => {
  test('reads all of them as they are meant', () => {
    expect(lost(NODE[name], kept)).toEqual([]);
    expect(changed(NODE[name], objects)).toEqual([]);
  });
});

/** All texts of an object. */
function textsOf(value: unknown): string[] {
  return typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];
}

// a tab in a plain scalar, and the two words of YAML 1.1 that cdk8s leaves without quotes; ruamel.yaml, also a sign, a
// dot or
// '0o' before nothing but '_'. kubectl reads them all
const PYTHON_REFUSES = (text: string) =>
  /^[^\n]*\t[^\n]*$/.test(text) || ['=', '<<'].includes(text) || /^([-+.]\.?|[-+]?0o)_+$/.test(text);

describe.each(['PyYAML', 'ruamel.yaml'] as const)('%s of Python', name => {
  let read: Reader;
  beforeAll(() => {
    read = python(name);
  });

  test('reads all of them as they are meant, but for what it refuses aloud', () => {
    expect(lost(read, kept).filter(text => !PYTHON_REFUSES(text))).toEqual([]);
  });

  test('reads the objects of generated programs as they are meant, where they hold nothing of that', () => {
    const readable = objects.filter(object => !textsOf(object).some(PYTHON_REFUSES));
    expect(readable.length).toBeGreaterThan(300);
    expect(changed(read, readable)).toEqual([]);
  });
});
