import { messagesOf, podOfKind } from './fixtures';

const server = (mode: string) =>
  podOfKind('StatefulSet', {
    container: 'args: [-c, ssl_key_file=/data/tls.key]',
    volume: `projected: {sources: [{secret: {name: tls, items: [{key: tls.key, path: tls.key, mode: ${mode}}]}}]}`,
  }).replace('acme/app:1', 'postgres:17.11-trixie');

test('reads the mode of a key in a projected volume', () => {
  expect(messagesOf('key-file-mode', server('0600'))).toEqual([]);
  expect(messagesOf('key-file-mode', server('0644'))).toEqual([expect.stringContaining('the mode 0644')]);
});
