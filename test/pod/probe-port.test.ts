import { Protocol } from 'cdk8s-plus-28';
import { expectRefusal, podWith } from './fixtures';
import { HealthCheck } from '../../src';

const PORTS = [
  { name: 'dns', port: 5353, protocol: Protocol.UDP },
  { name: 'http', port: 8080 },
  { name: 'management', port: 9000 },
];
const several = { port: undefined, ports: PORTS };
const probesOf = (healthCheck: HealthCheck) => podWith({ ...several, healthCheck }).containers[0];

test('refers to a named port in all probes', () => {
  const { startupProbe, readinessProbe, livenessProbe } = probesOf(
    HealthCheck.http('/ready', { portName: 'management', livenessPath: '/live' }),
  );
  expect(startupProbe.httpGet).toEqual({ path: '/live', port: 'management' });
  expect(readinessProbe.httpGet).toEqual({ path: '/ready', port: 'management' });
  expect(livenessProbe.httpGet).toEqual({ path: '/live', port: 'management' });
});

test('refers to a named port by number in a gRPC probe, which accepts no name', () => {
  const { readinessProbe, livenessProbe } = probesOf(HealthCheck.grpc({ portName: 'management' }));
  expect(readinessProbe.grpc).toEqual({ port: 9000 });
  expect(livenessProbe.tcpSocket).toEqual({ port: 'management' });
});

test('probes a port that the container does not declare', () => {
  expect(probesOf(HealthCheck.tcp({ port: 7000 })).readinessProbe.tcpSocket).toEqual({ port: 7000 });
});

test('does not probe a UDP port', () => {
  expectRefusal(
    { port: undefined, ports: [PORTS[0]], healthCheck: HealthCheck.tcp() },
    'The health check has no port, because the container has none or several.',
  );
});

test.each<[string, HealthCheck, string]>([
  [
    'an unknown name',
    HealthCheck.tcp({ portName: 'admin' }),
    "'portName' of the health check is 'admin', which is not a port of the container. Use 'http' or 'management', or " +
      "set 'port' to a number.",
  ],
  [
    'the name of a UDP port',
    HealthCheck.tcp({ portName: 'dns' }),
    "'portName' of the health check is 'dns', which is not a TCP port of the container.",
  ],
  [
    'a port and a name',
    HealthCheck.tcp({ port: 8080, portName: 'http' }),
    "'port' and 'portName' of the health check are both set. Omit one of them.",
  ],
])('refuses %s', (_, healthCheck, error) => expectRefusal({ ...several, healthCheck }, error));

test('refuses the name of a port of a container without ports', () => {
  expectRefusal(
    { port: undefined, healthCheck: HealthCheck.tcp({ portName: 'http' }) },
    "'portName' of the health check is 'http', which is not a port of the container. Set 'port' to a number instead.",
  );
});
