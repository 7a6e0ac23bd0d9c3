import { messagesOf, podOfKind } from '../../safety/rules/fixtures';

test.each([
  ['--storageNode=logs-0:9428', 0],
  ['--loggerFormat=json', 1],
])('VictoriaLogs with %s has %i directories with state', (option, count) => {
  const manifest = podOfKind('Deployment', { container: `args: ["${option}"]` });
  expect(
    messagesOf('state-on-claim', manifest.replace('acme/app:1', 'victoriametrics/victoria-logs:v1.52.0')),
  ).toHaveLength(count);
});
