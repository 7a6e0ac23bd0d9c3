import { Protocol } from 'cdk8s-plus-28';
import { AppPort, Controller, HealthCheck, Waiver } from '../../src';
import { expectRefusal } from '../pod/fixtures';
import { containerOf, kind, synth, workload } from '../synth';

const PORTS: AppPort[] = [
  { name: 'syslog', port: 5514, protocol: Protocol.UDP, servicePort: 514 },
  { name: 'http', port: 8080, appProtocol: 'http' },
  { name: 'admin', port: 8081 },
];
const several = { port: undefined, ports: PORTS };

test('opens, exposes and names several ports', () => {
  const objects = synth(chart => workload(chart, several));
  expect(containerOf(objects).ports).toEqual([
    { name: 'admin', containerPort: 8081, protocol: 'TCP' },
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
    { name: 'syslog', containerPort: 5514, protocol: 'UDP' },
  ]);
  expect(kind(objects, 'Service').spec.ports).toEqual([
    { name: 'syslog', port: 514, targetPort: 5514, protocol: 'UDP' },
    { name: 'http', port: 8080, targetPort: 8080, appProtocol: 'http' },
    { name: 'admin', port: 8081, targetPort: 8081 },
  ]);
  expect(kind(objects, 'NetworkPolicy').spec.ingress[0].ports).toEqual([
    { port: 5514, protocol: 'UDP' },
    { port: 8080, protocol: 'TCP' },
    { port: 8081, protocol: 'TCP' },
  ]);
});

test('probes the first TCP port', () => {
  const { readinessProbe } = containerOf(synth(chart => workload(chart, several)));
  expect(readinessProbe.tcpSocket).toEqual({ port: 8080 });
});

test('closes only the ports that a peer is allowed to reach', () => {
  const objects = synth(chart => {
    const app = workload(chart, several);
    app.allowFrom(app, 5514, 8081);
  });
  const [base, added] = objects.filter(object => object.kind === 'NetworkPolicy');
  expect(base.spec.ingress[0].ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
  expect(added.spec.ingress[0].ports).toEqual([
    { port: 5514, protocol: 'UDP' },
    { port: 8081, protocol: 'TCP' },
  ]);
});

test('accepts the same number for two protocols', () => {
  const ports = [
    { name: 'dns', port: 5353, protocol: Protocol.UDP },
    { name: 'dns-tcp', port: 5353 },
  ];
  const objects = synth(chart => workload(chart, { port: undefined, ports }));
  expect(containerOf(objects).ports).toHaveLength(2);
});

test('accepts a privileged port with a waiver', () => {
  const waivers = [Waiver.unprivilegedPort('the sysctl allows it')];
  expect(() => synth(chart => workload(chart, { port: 80, waivers }))).not.toThrow();
});

test.each<[Parameters<typeof workload>[1], string]>([
  [
    { ports: [{ name: 'http', port: 8080 }] },
    "'ports' and 'port' are both set, but 'port' describes the only port. Omit 'port', and set it in 'ports'.",
  ],
  [
    { port: undefined, ports: [{ name: 'http', port: 80 }] },
    "'ports[0].port' is 80, which a non-root process cannot bind. Use a port of 1024 or higher, for example 8080, " +
      "and set 'servicePort: 80'.",
  ],
  [{ port: undefined, ports: [{ name: 'HTTP', port: 8080 }] }, "Invalid value 'HTTP' for 'ports[0].name'."],
  [{ port: undefined, ports: [{ name: 'http', number: 8080 } as never] }, "Unknown prop 'number' in 'ports[0]'."],
  [
    { controller: Controller.job() },
    "'port' is 8080, but the pods of a Job end, so no client can rely on them. Omit it, or use another controller " +
      "than 'Controller.job'.",
  ],
])('refuses the ports %#', (props, error) => {
  expectRefusal({ healthCheck: HealthCheck.command(['alive']), ...props }, error);
});

test('refuses a second port with the same number and protocol', () => {
  const ports = [
    { name: 'a', port: 8080 },
    { name: 'b', port: 8080 },
  ];
  expectRefusal({ port: undefined, ports }, "Duplicate port '8080' from the app.");
});
