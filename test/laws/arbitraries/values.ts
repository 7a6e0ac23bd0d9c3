import { App, Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { SecretSource } from '../../../src';

/** Creates a value in the chart of a program. */
export type Make<T> = (chart: Chart) => T;

/** Values that need no chart. */
export function withoutChart<T>(values: fc.Arbitrary<T>): fc.Arbitrary<Make<T>> {
  return values.map(value => () => value);
}

type Arbitraries<T> = { [K in keyof T]: fc.Arbitrary<T[K]> };

// PROPERTY_RIGHT=10 generates more invalid values, which finds rare faults sooner in fewer accepted programs
const { PROPERTY_RIGHT = '60' } = process.env;

/** Mostly valid values and a few invalid ones, so that programs are accepted as well as refused. */
export function mostly<T>(valid: fc.Arbitrary<T>, invalid: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: Number(PROPERTY_RIGHT), arbitrary: valid }, { weight: 1, arbitrary: invalid });
}

/** Adds invalid values to valid ones: `mostly`, or `strictly` for programs that must be accepted. */
export type Vary = typeof mostly;

/** The valid values only. */
export const strictly: Vary = valid => valid;

/** Some of the props, rarely more than a few of many, because one invalid prop refuses the whole program. */
export function optional<T>(arbitraries: Arbitraries<T>): fc.Arbitrary<Partial<T>> {
  const names = Object.keys(arbitraries) as (keyof T & string)[];
  const omitted = { weight: Math.max(names.length - 3, 3), arbitrary: fc.constant([]) };
  return fc
    .tuple(
      ...names.map(key => fc.oneof({ weight: 3, arbitrary: arbitraries[key].map(value => [[key, value]]) }, omitted)),
    )
    .map(entries => Object.fromEntries(entries.flat()));
}

/** Strings that YAML, Kubernetes, a shell or JavaScript can misread. */
export const hostile = fc.constantFrom(
  '',
  ' ',
  'yes',
  'no',
  'null',
  '~',
  '1e3',
  '0x10',
  '010',
  '0o17',
  '1e_3',
  '1_000',
  '12:30:45',
  '2001-01-01',
  '=',
  '<<',
  '.inf',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '..',
  '.',
  '/',
  'a/b',
  '../a',
  'a\nb',
  '\n',
  '\ta\nb',
  '\u0000',
  '\u007f',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\u202e',
  'ü',
  '😀',
  '-',
  '--',
  '#',
  ': ',
  '- ',
  '{{',
  '$(A)',
  '$$',
  '`',
  "'",
  '"',
  '\\',
  '<script>',
  'A',
  'a.b',
  'a_b',
  '0',
  '-a',
  'a-',
  'a:b',
  '%',
  '*',
  '&a',
  '!a',
  '|',
  '>',
  ...[15, 16, 63, 64, 253, 254].map(length => 'a'.repeat(length)),
);
export const text = fc.oneof(hostile, fc.string(), fc.string({ unit: 'binary' }));
/** Strings that a process accepts and a manifest can contain. */
export const plainText = mostly(
  fc.oneof(
    fc.string(),
    fc.constantFrom('yes', '1e3', '0x10', '010', '', ' ', 'null', '~', 'a\nb', 'ü', '😀', '$(A)', '=', '{{', '-'),
  ),
  text,
);
const label = /^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/;
export const name = mostly(
  fc.oneof(
    { weight: 9, arbitrary: fc.stringMatching(label) },
    { weight: 1, arbitrary: fc.integer({ min: 10, max: 70 }).map(length => 'n'.repeat(length)) },
  ),
  hostile,
);
/** A valid name that nothing misreads. */
export const word = fc.stringMatching(/^[a-z][a-z0-9-]{3,8}[a-z]$/);
/** All required props, and some of the optional ones. */
export function props<N, M>(required: Arbitraries<N>, others: Arbitraries<M>): fc.Arbitrary<N & Partial<M>> {
  return fc
    .tuple(fc.record<N>(required), optional<M>(others))
    .map(([requiredProps, optionalProps]) => ({ ...(requiredProps as N), ...optionalProps }));
}

/** Command lines, which are invalid if they are empty. */
export function words(valid: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return mostly(fc.array(mostly(valid, text), { minLength: 1, maxLength: 3 }), fc.constant([]));
}
/** A number that is sometimes invalid. */
export const amount = (valid: fc.Arbitrary<number>) => mostly(valid, fc.constantFrom(-1, 0, 0.5, 1e9, NaN, Infinity));
/** A name that leaves room for others within the maximum length. */
export const shortName = mostly(fc.stringMatching(label), hostile);
export const variable = mostly(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), hostile);
export const filePath = mostly(
  fc.oneof(
    fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6}){0,2}\.[a-z]{1,4}$/),
    fc.constantFrom('a/..b', 'ä/ö.txt', 'with space.conf', '.hidden', 'yes', 'a'.repeat(255)),
  ),
  hostile,
);
export const mountPath = mostly(
  fc.stringMatching(/^(\/[a-z]{2,8}){2,3}$/),
  fc.oneof(
    hostile,
    hostile.map(end => `/${end}`),
  ),
);
export const imageReference = mostly(
  fc.constantFrom(
    'acme/app:1.0.0',
    `acme/app@sha256:${'0'.repeat(64)}`,
    'localhost:5000/a/b:v1_x',
    'acme/app:1e3',
    'acme/app:0x10',
    `acme/app:${'1'.repeat(128)}`,
  ),
  hostile,
);
export const port = mostly(
  fc.integer({ min: 1024, max: 65535 }),
  fc.constantFrom(-1, 0, 1, 80, 65536, 1.5, NaN, Infinity),
);
export const size = mostly(
  fc.integer({ min: 1, max: 4096 }).map(Size.mebibytes),
  fc.constantFrom(Size.kibibytes(0), Size.gibibytes(1.5), Size.kibibytes(1), Size.kibibytes(0.5), Size.pebibyte(9000)),
);
export const time = mostly(fc.integer({ min: 1, max: 3600 }), fc.constantFrom(0, 100000, 0.5, NaN, Infinity)).map(
  Duration.seconds,
);
/** From the minimum of an engine to the largest machines. */
export const memory = mostly(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map(Size.gibibytes) },
    { weight: 1, arbitrary: fc.integer({ min: 64, max: 1100 }).map(Size.mebibytes) },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 900 }).map(Size.gibibytes) },
  ),
  size,
);
export const count = (min: number, max: number) =>
  mostly(fc.integer({ min, max }), fc.constantFrom(-1, 0, 1.5, NaN, Infinity, max + 1, 2 ** 31));
export const secret = fc.oneof(
  { weight: 3, arbitrary: name.map(SecretSource.fromName) },
  {
    weight: 1,
    arbitrary: name.map(value => SecretSource.fromSecret(Secret.fromSecretName(new App(), 'secret', value))),
  },
);
const qualified = mostly(
  fc.oneof(
    shortName,
    fc.tuple(shortName, shortName).map(([prefix, key]) => `${prefix}.example/${key}`),
  ),
  hostile,
);
export const annotations = fc.dictionary(qualified, plainText, { maxKeys: 2 });
/** The labels of Kubernetes: those that select the pods, and others. */
const recommended = fc
  .oneof(fc.constantFrom('name', 'instance'), fc.constantFrom('version', 'component', 'part-of', 'managed-by'))
  .map(key => `app.kubernetes.io/${key}`);
export const labels = fc.dictionary(
  fc.oneof(qualified, recommended),
  mostly(fc.oneof(fc.constantFrom('', 'yes', '1', '1.0', '0x10', '1e3'), shortName), hostile),
  { maxKeys: 2 },
);
export const metadata = optional({
  name: shortName,
  namespace: mostly(fc.constant('other'), hostile),
  labels,
  annotations,
});
