import { messagesOf, podOfKind } from './fixtures';

const mounted = (image: string, path: string, command = '') =>
  messagesOf(
    'data-directory-mount',
    podOfKind('StatefulSet', { container: command, volume: 'persistentVolumeClaim: {claimName: data}' })
      .replace('acme/app:1', image)
      .replace('/data', path),
  );

test('Ghost keeps its content one directory higher before version 1', () => {
  expect(mounted('ghost:0.11', '/var/lib/ghost')).toEqual([]);
  expect(mounted('ghost:5', '/var/lib/ghost')).toHaveLength(1);
  expect(mounted('ghost:5', '/var/lib/ghost/content')).toEqual([]);
});

test('a configuration file for each pod, which is not among the manifests, can name another directory', () => {
  const start = (file: string) => `command: [kafka-server-start.sh, ${file}]`;
  const path = '/var/lib/kafka/data';
  expect(mounted('apache/kafka:3.9.0', path, start('/etc/kafka/server.properties.$(POD_NAME)'))).toEqual([]);
});
