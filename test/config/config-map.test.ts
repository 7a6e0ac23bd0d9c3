import { configured, directory, text } from './fixtures';
import { ConfigSource, EnvironmentVariables } from '../../src';
import { kind, podOf, synth, workload } from '../synth';

const mapOf = (...sources: ConfigSource[]) => kind(configured({ sources }), 'ConfigMap');
const binary = (name: string, content: Buffer) => ConfigSource.binary(name, content.toString('base64'));

test('keeps nested paths under valid and unique keys', () => {
  const root = directory({
    'nginx.conf': 'a',
    'conf.d/site.conf': 'b',
    'conf.d_site.conf': 'c',
    'x/ü.txt': 'd',
    'x/ö.txt': 'e',
    'logo.png': Buffer.from([0x89, 0, 0xff]),
  });
  const objects = configured({ sources: [ConfigSource.fromDirectory(root)] });
  const { data, binaryData } = kind(objects, 'ConfigMap');
  const { items } = podOf(objects).volumes[0].configMap;
  expect(Object.fromEntries(items.map(({ path, key }: any) => [path, data[key] ?? binaryData[key]]))).toEqual({
    'nginx.conf': 'a',
    'conf.d/site.conf': 'b',
    'conf.d_site.conf': 'c',
    'x/ü.txt': 'd',
    'x/ö.txt': 'e',
    'logo.png': 'iQD/',
  });
  expect(new Set(items.map(({ key }: any) => key)).size).toBe(6);
  expect(items.every(({ key }: any) => /^[-._a-zA-Z0-9]{1,253}$/.test(key))).toBe(true);
});

test('keeps files with names of members of JavaScript objects', () => {
  const objects = configured({
    sources: [ConfigSource.text('constructor', 'a'), ConfigSource.text('__proto__', 'b')],
  });
  const { items } = podOf(objects).volumes[0].configMap;
  const { data } = kind(objects, 'ConfigMap');
  expect(items.map(({ path, key }: any) => [path, data[key]])).toEqual([
    ['__proto__', 'b'],
    ['constructor', 'a'],
  ]);
});

test('stores a file as base64 that kubectl would misread', () => {
  const content = '\tindented = yes\n';
  const objects = configured({ sources: [ConfigSource.text('a.conf', content)] });
  const { data, binaryData } = kind(objects, 'ConfigMap');
  expect([data, binaryData]).toEqual([undefined, { 'a.conf': Buffer.from(content).toString('base64') }]);
  expect(podOf(objects).volumes[0].configMap.items).toBeUndefined();
});

test('has another name for each path, mode and content', () => {
  const names = [
    text,
    ConfigSource.text('app.conf', 'a = 1\n', { mode: 0o440 }),
    ConfigSource.text('other.conf', 'a = 1\n'),
    binary('app.conf', Buffer.from('a = 1\n')),
    binary('app.conf', Buffer.from([0, 1])),
    binary('app.conf', Buffer.from([0, 2])),
  ].map(source => mapOf(source).metadata.name);
  expect(new Set(names).size).toBe(names.length);
});

test('has the same content for every order of keys and sources', () => {
  const yaml = ConfigSource.yaml('a.yaml', { x: 1, y: { z: [2, 1], w: 3 } });
  const reordered = ConfigSource.yaml('a.yaml', { y: { w: 3, z: [2, 1] }, x: 1 });
  expect(JSON.stringify(configured({ sources: [reordered, text] }))).toBe(
    JSON.stringify(configured({ sources: [text, yaml] })),
  );
});

test('refuses more bytes of variables than a ConfigMap can have, and names the largest', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  const variables = { BIG: 'x'.repeat(1024 * 1024), SMALL: 'x' };
  const define = (values: Record<string, string>) =>
    synth(chart => workload(chart).add(EnvironmentVariables.fromMap(values)));
  expect(() => define(variables)).toThrow(
    '[test/app/variables] The values have 1048577 bytes in total, more than the limit of 1048576 bytes of a ' +
      "ConfigMap. The largest are 'BIG (1048576 bytes)' and 'SMALL (1 bytes)'. Shorten them, or mount files with " +
      "'ConfigFiles', which splits a large directory over several ConfigMaps.",
  );
  expect(kind(define({ BIG: variables.BIG }), 'ConfigMap').data.BIG).toHaveLength(1024 * 1024);
  warn.mockRestore();
});

test('warns of a ConfigMap that exceeds the annotation of client-side apply', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  mapOf(ConfigSource.text('a.txt', 'x'.repeat(255 * 1024)));
  expect(warn).not.toHaveBeenCalled();
  mapOf(ConfigSource.text('a.txt', 'x'.repeat(256 * 1024)));
  expect(warn).toHaveBeenCalledTimes(1);
  expect(String(warn.mock.calls[0][0]).replace(/-[0-9a-f]{10}'/, "-HASH'")).toBe(
    "[test/app/app-config] The ConfigMap 'test-app-app-config-HASH' exceeds the 256Ki that 'kubectl apply' can store " +
      "in its annotation. Use 'kubectl apply --server-side'.",
  );
  warn.mockRestore();
});
