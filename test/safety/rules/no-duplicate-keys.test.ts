import { messagesOf } from './fixtures';

const KEYS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

test.each([
  ['data: {a: "1", a: "2"}', 'a'],
  ['data:\n  a: "1"\n  b: "1"\n  a: "2"', 'a'],
  ['data: {x.conf: "1"}\ndata: {y.conf: "1"}', 'data'],
  // one value is a boolean
  ['data: {a: "true", a: true}', 'a'],
  ['data: {a: "1", a: 1}', 'a'],
])('reports the repeated key of %j', (data, key) => {
  expect(messagesOf('no-duplicate-keys', `${KEYS}${data}\n`)).toEqual([
    `The key '${key}' is repeated with another value, and only the last one counts.`,
  ]);
});

test.each([
  'data: {a: "1", A: "2"}',
  'data: {a: "1", a: "1"}',
  'data: {a: "b/c", a: b/c}',
  'data: {a: \'b\', a: "b"}',
  'data:\n  a: "1"\n  a: "1"\n',
  'data: {a: "b: 1\\nb: 2"}',
  'data:\n  a: |\n    b: 1\n    b: 2',
])('accepts %j', data => {
  expect(messagesOf('no-duplicate-keys', `${KEYS}${data}\n`)).toEqual([]);
});
