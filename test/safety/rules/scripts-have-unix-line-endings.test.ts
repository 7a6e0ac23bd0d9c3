import { messagesOf, podOfKind } from './fixtures';

const map = (key: string, value: string, kind = 'ConfigMap', field = 'data') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: m, namespace: shop}\n${field}: {${key}: ${JSON.stringify(value)}}\n`;
const base64 = (value: string) => Buffer.from(value).toString('base64');
const checked = (...documents: string[]) => messagesOf('scripts-have-unix-line-endings', ...documents);
const SCRIPT = 'set -e\r\nrun\r\n';

test.each([
  map('a.sh', SCRIPT),
  map('a.sh', base64(SCRIPT), 'ConfigMap', 'binaryData'),
  map('a.sh', SCRIPT, 'Secret', 'stringData'),
  map('a.sh', base64(SCRIPT), 'Secret'),
])('reads the values of every field', object => {
  expect(checked(object)).toEqual([
    "'a.sh' has Windows line endings, so the shell reads '\\r' as the end of each command.",
  ]);
});

test('reports a file that a container runs, whatever its name is', () => {
  const pod = (command: string) =>
    podOfKind('Job', { volume: 'configMap: {name: m}', container: `command: ${command}` });
  expect(checked(map('run', SCRIPT), pod('[sh, /data/run]'))).toHaveLength(1);
  expect(checked(map('run', SCRIPT), pod('[sh, -c, ". /data/run"]'))).toHaveLength(1);
  expect(checked(map('run', SCRIPT), pod('[app, /data/run]'))).toEqual([]);
  expect(checked(map('run', SCRIPT))).toEqual([]);
});

test('reports a script in a command line', () => {
  const pod = (script: string) => podOfKind('Job', { container: `command: [sh, -c, ${JSON.stringify(script)}]` });
  expect(checked(pod(SCRIPT))).toEqual([
    "A script of container 'app' has Windows line endings, so the shell reads '\\r' as the end of each command.",
  ]);
  expect(checked(pod('set -e\nrun\n'))).toEqual([]);
});
