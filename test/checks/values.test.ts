import { Size, Testing } from 'cdk8s';
import * as values from '../../src/checks/values';

const chart = Testing.chart();

test.each<[string, () => unknown, string]>([
  [
    'a label',
    () => values.checkLabel(chart, 'namespace', 'A'),
    "Namespace 'A' is not a valid DNS label. Use at most 63 lowercase letters, digits and '-', starting and ending " +
      'with a letter or digit.',
  ],
  [
    'an object name',
    () => values.checkObjectName(chart, 'the Secret', '-'),
    "Invalid name '-' for the Secret. Use at most 253 lowercase letters, digits, '-' and '.', starting and " +
      'ending with ' +
      'a letter or digit.',
  ],
  [
    'a Service name',
    () => values.checkServiceName(chart, '1a'),
    "Name '1a' is not a valid Service name. Use at most 63 lowercase letters, digits and '-', starting with a letter " +
      'and ending with a letter or digit.',
  ],
  [
    'a number',
    () => values.checkNumber(chart, "'ratio'", NaN, 0, 1),
    "Invalid value NaN for 'ratio'. Use a number from 0 to 1.",
  ],
  [
    'a label key',
    () => values.checkLabels(chart, "'selector'", { 'a/b/c': 'd' }),
    "Invalid key 'a/b/c' of 'selector'. Use the form 'name' or 'example.com/name', with at most 63 letters, digits, " +
      "'-', '_' and '.' in the name.",
  ],
  [
    'a label value',
    () => values.checkLabels(chart, "'selector'", { a: 'b c' }),
    "Invalid value 'b c' for key 'a' of 'selector'. Use at most 63 letters, digits, '-', '_' and '.', starting and " +
      'ending with a letter or digit.',
  ],
  [
    'a label value that kubectl misreads',
    () => values.checkLabels(chart, "'selector'", { a: '1e_3' }),
    "The value of 'a' in 'selector' is \"1e_3\", which kubectl misreads in YAML because it looks like a number.",
  ],
  [
    'an annotation key that kubectl misreads',
    () => values.checkAnnotations(chart, "'podAnnotations'", { '1e_3': 'a' }),
    'A key of \'podAnnotations\' is "1e_3", which kubectl misreads',
  ],
  [
    'an annotation value that kubectl misreads',
    () => values.checkAnnotations(chart, "'podAnnotations'", { note: '\u2028' }),
    "The value of 'note' in 'podAnnotations' is \"\\u2028\", which kubectl misreads",
  ],
  [
    'a Secret key',
    () => values.checkSecretKey(chart, '..a'),
    "Invalid key '..a' of a Secret. Use at most 253 letters, digits, '-', '_' and '.', and do not start with '..'.",
  ],
  ['a size', () => values.checkSize(chart, "'memory'", Size.kibibytes(0)), "Invalid size 0Ki for 'memory'. Use a size"],
])('refuses %s', (_, check, error) => {
  expect(check).toThrow(`[test] ${error}`);
});

test.each(['/', '/a', '/a/b', '/..a'])('accepts the container path %p', path => {
  expect(values.checkContainerPath(chart, "'path'", path)).toBe(path);
});

test.each(['', 'a', '/a/', '//a', '/a/../b', '/a:b', '/a\0'])('refuses the container path %j', path => {
  expect(() => values.checkContainerPath(chart, "'path'", path)).toThrow(
    `[test] 'path' is '${path}', which is not an absolute path in a container. Start it with '/', and do not ` +
      `use '.', ` +
      "'..', ':', '//' or a trailing '/'.",
  );
});

test.each([
  [Size.kibibytes(1), '1Ki'],
  [Size.mebibytes(1536), '1536Mi'],
  [Size.gibibytes(1), '1Gi'],
  [Size.kibibytes(0), '0Ki'],
])('formats a size: %#', (size, expected) => {
  expect(values.quantity(size)).toBe(expected);
});

test.each([
  ['/etc/nginx', 'etc-nginx'],
  ['My App!', 'my-app'],
  ['ü', ''],
])('converts %p to the slug %p', (text, expected) => {
  expect(values.slug(text)).toBe(expected);
});

test.each([
  [() => values.checkSize(chart, "'memory'", '1Gi' as never), "Invalid size '1Gi' for 'memory'. Use a Size"],
  [() => values.kibibytes('1Gi' as never), "Invalid size '1Gi'. Use a Size, for example 'Size.gibibytes(1)'."],
  [() => values.seconds('30s' as never), "Invalid duration '30s'. Use a Duration"],
])('refuses a string in place of a Size or Duration: %#', (call, error) => {
  expect(call).toThrow(error);
});
