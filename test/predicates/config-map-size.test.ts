import { appliedBytes, bytesPastApply, configMapBytes, isTooLarge } from '../../src/predicates/config-map-size';

const KEY = 'a-key-that-does-not-count.txt';

// an API server accepts the first two and rejects the third: kubectl create --dry-run=server
test.each([
  [-1, false],
  [0, false],
  [1, true],
])('a ConfigMap of 1 MiB and %p bytes is too large: %p', (more, refused) => {
  expect(isTooLarge({ data: { [KEY]: 'x'.repeat(2 ** 20 + more) } })).toBe(refused);
});

test('counts the bytes of data in UTF-8 and of decoded binaryData, without the keys', () => {
  const binaryData = { [KEY]: Buffer.alloc(10).toString('base64') };
  expect(configMapBytes({ data: { [KEY]: 'ä' }, binaryData })).toBe(12);
});

// the largest objects that an API server accepts: kubectl apply --dry-run=server
test.each([
  ['without annotations', undefined, 262078],
  ['with an annotation', { 'x.example/y': 'z' }, 262083],
])('kubectl apply can store a large ConfigMap %s', (_, annotations, largest) => {
  const object = (length: number) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'size-probe', namespace: 'default', annotations },
    data: { a: 'x'.repeat(length) },
  });
  const length = largest - Buffer.byteLength(JSON.stringify(object(0)));
  expect(bytesPastApply(object(length))).toBeUndefined();
  expect(bytesPastApply(object(length + 1))).toBe(262145);
});

test.each([
  ['<', 6],
  ['&', 6],
  ['\u2028', 6],
  ['\u0001', 6],
  ['"', 2],
  ['ä', 2],
  ['😀', 4],
])('kubectl apply stores the character %j in %d bytes', (character, bytes) => {
  const object = { data: { a: character.repeat(150_000) } };
  expect(bytesPastApply(object)! - bytesPastApply({ data: { a: 'x'.repeat(300_000) } })!).toBe(
    bytes * 150_000 - 300_000,
  );
});

test('the annotation of an earlier kubectl apply does not count', () => {
  const data = { a: 'x'.repeat(300_000) };
  const applied = { 'kubectl.kubernetes.io/last-applied-configuration': 'x'.repeat(1000) };
  expect(bytesPastApply({ metadata: { annotations: applied }, data })).toBe(
    bytesPastApply({ metadata: { annotations: {} }, data }),
  );
});

test.each([
  ['ab', 4],
  ['ä', 4],
  ['"\n', 6],
  ['<', 8],
])("%j needs %p bytes in the annotation of 'kubectl apply'", (value, bytes) => {
  expect(appliedBytes(value)).toBe(bytes);
  const data = { a: 'x'.repeat(300_000), b: '' };
  expect(bytesPastApply({ data: { ...data, b: value } })! - bytesPastApply({ data })!).toBe(bytes - 2);
});
