import { messagesOf, podOfKind } from './fixtures';

const mounted = (mount: string) =>
  podOfKind('StatefulSet', { volume: 'emptyDir: {}' }).replace('mountPath: /data', `mountPath: /data, ${mount}`);

const problems = (manifest: string) => messagesOf('paths-stay-in-volume', manifest);

test.each([
  ['subPath: ../etc', "The path '../etc' contains '..'."],
  ['subPath: a/../b', "The path 'a/../b' contains '..'."],
  ['subPath: a/..', "The path 'a/..' contains '..'."],
  ['subPath: /etc', "The path '/etc' is absolute."],
  ['subPathExpr: $(POD)/../b', "The path '$(POD)/../b' contains '..'."],
])('finds a mount with {%s}', (mount, message) => {
  expect(problems(mounted(mount))).toEqual([message]);
});

test.each(['subPath: a..b', 'subPath: ..a', 'subPath: a/b', 'subPathExpr: $(POD)', "subPath: ''"])(
  'accepts a mount with {%s}',
  mount => {
    expect(problems(mounted(mount))).toEqual([]);
  },
);

test.each([
  ['configMap: {name: a, items: [{key: a, path: ../a}]}', "The path '../a' contains '..'."],
  ['secret: {secretName: a, items: [{key: a, path: /a}]}', "The path '/a' is absolute."],
  ['downwardAPI: {items: [{path: a/../b}]}', "The path 'a/../b' contains '..'."],
  ['projected: {sources: [{secret: {name: a, items: [{key: a, path: ../a}]}}]}', "The path '../a' contains '..'."],
  ['projected: {sources: [{serviceAccountToken: {path: /token}}]}', "The path '/token' is absolute."],
  ['hostPath: {path: /srv/../etc}', "The path '/srv/../etc' contains '..'."],
])('finds a volume with {%s}', (volume, message) => {
  for (const kind of ['Deployment', 'CronJob']) {
    expect(problems(podOfKind(kind, { volume }))).toEqual([message]);
  }
});

test.each([
  'configMap: {name: a, items: [{key: a, path: a/b}]}',
  'projected: {sources: [{serviceAccountToken: {path: token}}]}',
  'hostPath: {path: /srv/data}',
])('accepts a volume with {%s}', volume => {
  expect(problems(podOfKind('Deployment', { volume }))).toEqual([]);
});
