import { messagesOf, podOfKind } from './fixtures';

const secret = (key: string, value: string, field = 'stringData') =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\n${field}: {${key}: ${JSON.stringify(value)}}\n`;
const checked = (...documents: string[]) => messagesOf('secret-has-no-line-break', ...documents);
const ofKey = (key: string) =>
  podOfKind('Deployment', { container: `env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: ${key}}}}]` });
const ofAll = (prefix: string) =>
  podOfKind('Deployment', { container: `envFrom: [{prefix: ${prefix}, secretRef: {name: s}}]` });

test('reports a value that becomes a variable', () => {
  expect(checked(secret('host', 'db\n'), ofKey('host'))).toEqual([
    "The value of 'host' ends in a line break, which becomes part of variable 'A' of Deployment shop/api.",
  ]);
  expect(checked(secret('HOST', 'db\r\n'), ofAll('DB_'))).toEqual([
    "The value of 'HOST' ends in a line break, which becomes part of variable 'DB_HOST' of Deployment shop/api.",
  ]);
  const encoded = Buffer.from('pw\n').toString('base64');
  expect(checked(secret('password', encoded, 'data'), ofKey('password'))).toHaveLength(1);
});

test('reports a credential that no pod of the manifests uses', () => {
  expect(checked(secret('password', 'pw\n'))).toEqual(["The value of 'password' ends in a line break."]);
  expect(checked(secret('motd', 'hello\n'))).toEqual([]);
});

test.each([
  ['pw'],
  ['-----BEGIN KEY-----\nabc\n-----END KEY-----\n'],
  ['{"a": 1}\n'],
  ['\n'],
  ['\u0000\u0001binary\n'],
])('accepts the value %j', value => {
  expect(checked(secret('password', value), ofKey('password'))).toEqual([]);
});

test('accepts a file, whose reader ignores the line break', () => {
  expect(checked(secret('password', 'pw\n'), podOfKind('Deployment', { volume: 'secret: {secretName: s}' }))).toEqual(
    [],
  );
});
