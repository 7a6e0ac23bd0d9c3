import { messagesOf, podOfKind } from './fixtures';

const RULE = 'engine-asks-for-password';
const server = (image: string, container: string, volume?: string) =>
  podOfKind('StatefulSet', { container, volume }).replace('acme/app:1', image);
const configMap = (content: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: conf, namespace: shop}
data: {redis.conf: "${content}"}
`;
const conf = 'configMap: {name: conf}';

test.each([
  ['redis:8.2.1', 'args: [--port, "6379"]', 1],
  ['redis:8.2.1', 'args: [--requirepass, $(PASSWORD)]', 0],
  ['redis:8.2.1', 'args: [/etc/redis.conf]', 0],
  ['redis:8.2.1', 'command: [sh, -c, "exec redis-server /out/redis.conf"]', 0],
  ['redis:8.2.1', 'command: [redis-server, /etc/sentinel.conf, --sentinel]', 0],
  ['mongo:8.0.1', 'args: [--bind_ip_all]', 1],
  ['mongo:8.0.1', 'args: [-f, /etc/mongod.conf]', 0],
  ['mongo:8.0.1', 'args: [--keyFile, /etc/key]', 0],
])('%s with {%s} has %i findings', (image, container, count) => {
  expect(messagesOf(RULE, server(image, container))).toHaveLength(count);
});

test('reads the password from the file of the server', () => {
  const redis = server('redis:8.2.1', 'args: [/data/redis.conf]', conf);
  expect(messagesOf(RULE, redis, configMap('appendonly yes'))).toHaveLength(1);
  expect(messagesOf(RULE, redis, configMap('requirepass a'))).toEqual([]);
});
