import { expectRefusal, extended, podWith } from './fixtures';
import { HealthCheck } from '../../src';
import { podOf } from '../synth';

const probesOf = (healthCheck: HealthCheck) => podWith({ healthCheck }).containers[0];

test('requests every path over HTTPS with the headers, sorted by name', () => {
  const { startupProbe, readinessProbe, livenessProbe } = probesOf(
    HealthCheck.http('/ready', {
      https: true,
      headers: { 'X-Probe': 'kubelet', 'Host': 'shop.example.com' },
      livenessPath: '/live',
      startupPath: '/started',
    }),
  );
  const request = (path: string) => ({
    path,
    port: 8080,
    scheme: 'HTTPS',
    httpHeaders: [
      { name: 'Host', value: 'shop.example.com' },
      { name: 'X-Probe', value: 'kubelet' },
    ],
  });
  expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual(
    ['/started', '/ready', '/live'].map(request),
  );
});

test('sets neither a scheme nor headers for plain HTTP', () => {
  const { readinessProbe } = probesOf(HealthCheck.http('/ready', { https: false, headers: {} }));
  expect(readinessProbe.httpGet).toEqual({ path: '/ready', port: 8080 });
});

test('probes a sidecar over HTTPS', () => {
  const healthCheck = HealthCheck.http('/healthz', { https: true, portName: 'metrics' });
  const [sidecar] = podOf(
    extended({ sidecars: [{ name: 'proxy', image: 'proxy:1', ports: { admin: 9001, metrics: 9443 }, healthCheck }] }),
  ).initContainers;
  expect(sidecar.readinessProbe.httpGet).toEqual({ path: '/healthz', port: 'metrics', scheme: 'HTTPS' });
  expect(sidecar.livenessProbe.tcpSocket).toEqual({ port: 'metrics' });
});

test('names the service in a gRPC request', () => {
  expect(probesOf(HealthCheck.grpc({ service: 'orders' })).readinessProbe.grpc).toEqual({
    port: 8080,
    service: 'orders',
  });
});

const header = (name: string, value: string) => HealthCheck.http('/ready', { headers: { [name]: value } });

test.each<[string, HealthCheck, string]>([
  [
    'a header with a space in its name',
    header('X Probe', 'a'),
    "'headers' of the health check contains 'X Probe', which is not the name of a header. Use letters, " +
      "digits and '-'.",
  ],
  [
    'a header of two lines',
    header('X-Probe', 'a\r\nb'),
    "Header 'X-Probe' of the health check is not a string of one line. Set it to a string without line breaks.",
  ],
  [
    'a header that is not a string',
    header('X-Probe', 1 as never),
    "Header 'X-Probe' of the health check is not a string of one line.",
  ],
  ...['Authorization', 'cookie', 'X-Api-Key'].map((name): [string, HealthCheck, string] => [
    `a credential in the header ${name}`,
    header(name, 'abc123'),
    `Header '${name}' of the health check would be a credential in the manifest. Use a path that needs no ` +
      "credential, or a 'HealthCheck.command' that reads the credential from a file.",
  ]),
  [
    'a relative startup path',
    HealthCheck.http('/ready', { startupPath: 'started' }),
    "'startupPath' of the health check is 'started'. Start it with '/'.",
  ],
  [
    'an empty startup command',
    HealthCheck.command(['ready'], { startupCommand: [] }),
    "'startupCommand' of the health check is empty. Set the program and its arguments.",
  ],
])('refuses %s', (_, healthCheck, error) => expectRefusal({ healthCheck }, error));

test('refuses a probe of a container without a port', () => {
  expectRefusal(
    { port: undefined, healthCheck: HealthCheck.grpc() },
    "The health check has no port, because the container has none or several. Set its option 'port'.",
  );
});
