import { bytesPastApply, configMapBytes, isTooLarge } from '../../src/predicates/config-map-size';

const KEY = 'a-key-that-counts-for-nothing.txt';

// the API server takes the first two and refuses the third: kubectl create --dry-run=server
test.each([
  [-1, false],
  [0, false],
  [1, true],
])('a ConfigMap of 1 MiB and %p bytes: refused is %p', (more, refused) => {
  expect(isTooLarge({ data: { [KEY]: 'x'.repeat(2 ** 20 + more) } })).toBe(refused);
});

test('data counts in UTF-8, binaryData as it is decoded, keys not at all', () => {
  expect(configMapBytes({ data: { [KEY]: 'ä' }, binaryData: { [KEY]: Buffer.alloc(10).toString('base64') } })).toBe(12);
});

test('kubectl apply notes the whole object, in bytes', () => {
  const of = (length: number) => ({ data: { a: 'ä'.repeat(length) } });
  const around = Buffer.byteLength(JSON.stringify(of(0)));
  const fits = Math.floor((256 * 1024 - around) / 2);
  expect(bytesPastApply(of(fits))).toBeUndefined();
  expect(bytesPastApply(of(fits + 1))).toBe(around + 2 * (fits + 1));
});
