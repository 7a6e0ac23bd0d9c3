import { podWith } from './fixtures';
import { knownFiles, projectedFileAt } from '../../src/predicates/projected-files';
import { configMap } from '../safety/rules/fixtures';

const modeOf = (volume: string, path = '/data/a', mounts = '') => {
  const { pod, container } = podWith({ volume, container: mounts });
  const file = projectedFileAt(pod, container, path);
  return file && [file.source.name, file.mode];
};

test.each<[string, string, unknown]>([
  ['configMap: {name: m}', '/data/a', ['m', 0o644]],
  ['configMap: {name: m, defaultMode: 0555}', '/data/a', ['m', 0o555]],
  ['configMap: {name: m, defaultMode: 0555, items: [{key: k, path: a, mode: 0400}]}', '/data/a', ['m', 0o400]],
  ['configMap: {name: m, items: [{key: k, path: b}]}', '/data/a', undefined],
  ['configMap: {name: m, items: [{key: k, path: b/c}]}', '/data/b/c', ['m', 0o644]],
  ['configMap: {name: m}', '/data/b/c', undefined],
  ['secret: {secretName: s, defaultMode: 0400}', '/data/a', ['s', 0o400]],
  ['projected: {defaultMode: 0444, sources: [{secret: {name: s}}]}', '/data/a', ['s', 0o444]],
  [
    'projected: {sources: [{secret: {name: s}}, {configMap: {name: m, items: [{key: k, path: a, mode: 0555}]}}]}',
    '/data/a',
    ['m', 0o555],
  ],
  ['emptyDir: {}', '/data/a', undefined],
  ['configMap: {name: m}', '/other', undefined],
])('reads the mode of a file in {%s}', (volume, path, expected) => {
  expect(modeOf(volume, path)).toEqual(expected);
});

test('lists the files that objects and items name, by their paths in the container', () => {
  const known = (volume: string) => {
    const { pod, container, inventory } = podWith({ volume }, configMap('m'));
    return knownFiles(pod, container, inventory).map(({ path, key, object }) => [path, key, object?.name]);
  };
  expect(known('configMap: {name: m}')).toEqual([['/data/a', 'a', 'm']]);
  expect(known('configMap: {name: m, items: [{key: a, path: b/c}]}')).toEqual([['/data/b/c', 'a', 'm']]);
  expect(known('configMap: {name: other}')).toEqual([]);
  expect(known('secret: {secretName: s, items: [{key: k, path: p}]}')).toEqual([['/data/p', 'k', undefined]]);
});
