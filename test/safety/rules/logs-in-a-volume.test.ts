import { messagesOf, podOfKind } from './fixtures';

const logging = (variable: string, value: string, image = 'acme/app:1') =>
  podOfKind('Deployment', { container: `env: [{name: ${variable}, value: ${value}}]` }).replace('acme/app:1', image);

test.each([
  ['LOG_DIR', '/var/log/app', 'acme/app:1', true],
  ['LOG_DIR', '/var/log', 'acme/log-controller:1', true],
  ['CONTAINER_LOG_PATH', '/var/log/containers', 'acme/app:1', false],
  ['LOG_PATH', '/var/log/pods/shop', 'acme/app:1', false],
  ['LOG_PATH', '/var/lib/docker/containers', 'acme/app:1', false],
  ['AGENT_LOG_FILE', '/var/log/agent.log', 'acme/log-operator:1', false],
  ['LOG_PATH', '/var/log/app', 'fluent/fluent-bit:4.0.0', false],
])('judges %s=%s of the image %s: %p', (variable, value, image, isFound) => {
  expect(messagesOf('logs-in-a-volume', logging(variable, value, image))).toHaveLength(isFound ? 1 : 0);
});
