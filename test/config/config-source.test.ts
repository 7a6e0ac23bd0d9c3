import * as path from 'path';
import { configured, directory, expectRefusal } from './fixtures';
import { ConfigSource, ExistingRollout, SecretSource } from '../../src';
import { kind, podOf } from '../synth';

const rollout = ExistingRollout.live();
const dataOf = (...sources: ConfigSource[]) => kind(configured({ sources }), 'ConfigMap').data;

test('writes data in each format', () => {
  expect(
    dataOf(
      ConfigSource.text('a.txt', 'text'),
      ConfigSource.yaml('a.yaml', { a: 'yes' }),
      ConfigSource.json('a.json', { a: 1 }),
      ConfigSource.toml('a.toml', { a: 1 }),
      ConfigSource.ini('a.ini', { a: 1 }),
      ConfigSource.properties('a.properties', { a: { b: 1 } }),
      ConfigSource.dotenv('.env', { A: 1 }),
    ),
  ).toEqual({
    'a.txt': 'text',
    'a.yaml': 'a: "yes"\n',
    'a.json': '{\n  "a": 1\n}\n',
    'a.toml': 'a = 1\n',
    'a.ini': 'a = 1\n',
    'a.properties': 'a.b = 1\n',
    '.env': 'A=1\n',
  });
});

test('fromFile uses the name of the file, or the path of the options', () => {
  const file = path.join(directory({ 'a.conf': 'x' }), 'a.conf');
  expect(dataOf(ConfigSource.fromFile(file))).toEqual({ 'a.conf': 'x' });
  expect(dataOf(ConfigSource.fromFile(file, { path: 'b.conf' }))).toEqual({ 'b.conf': 'x' });
});

test('fromSecret and fromConfigMapName mount the keys of items', () => {
  const items = [{ key: 'ca.crt', path: 'tls/ca.pem' }];
  const volumeOf = (source: ConfigSource) => podOf(configured({ sources: [source] })).volumes[0];
  expect(volumeOf(ConfigSource.fromSecret(SecretSource.fromName('tls'), { rollout, items })).secret.items).toEqual(
    items,
  );
  expect(volumeOf(ConfigSource.fromConfigMapName('shared', { rollout, items })).configMap.items).toEqual(items);
});

test.each<[string, ConfigSource, string]>([
  [
    'data that a format does not support',
    ConfigSource.toml('a.toml', { a: null }),
    "The data of 'a.toml' cannot be written as TOML: ",
  ],
  [
    'content that is not base64',
    ConfigSource.binary('a', 'no base64!'),
    "The content of 'a' is not base64. Encode the bytes with the standard alphabet and with padding.",
  ],
  [
    'an invalid key',
    ConfigSource.fromSecret(SecretSource.fromName('s'), { rollout, items: [{ key: 'b/c', path: 'a' }] }),
    "Invalid key 'b/c' of Secret 's'. Use at most 253 letters, digits, '-', '_' and '.', and do not start with '..'.",
  ],
  [
    'a key without a path',
    ConfigSource.fromConfigMapName('m', { rollout, items: [{ key: 'a' } as any] }),
    "Required prop 'path' in 'items[0]' is missing. Set it, for example 'path: \"tls/ca.pem\"'.",
  ],
  [
    'an absolute path of a key',
    ConfigSource.fromConfigMapName('m', { rollout, items: [{ key: 'a', path: '/a' }] }),
    "'/a' is not a valid path below the mount.",
  ],
  [
    'an invalid name',
    ConfigSource.fromConfigMapName('No Name', { rollout }),
    "Invalid name 'No Name' for the ConfigMap. Use at most 253 lowercase letters, digits, '-' and '.', starting and " +
      'ending with a letter or digit.',
  ],
])('refuses %s', (_, source, error) => expectRefusal({ sources: [source] }, error));
