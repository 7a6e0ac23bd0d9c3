import { HttpRouteOptions, IngressExposureOptions, SecretSource } from '../../src';
import { kind, synth, workload } from '../synth';

const ports = [
  { name: 'http', port: 8080, servicePort: 80 },
  { name: 'admin', port: 8081 },
];

test('routes the requests of an Ingress to the Service', () => {
  const ingress = kind(
    synth(chart =>
      workload(chart, { port: undefined, ports }).exposeViaIngress({
        hosts: ['shop.example.com', '*.shop.example.com'],
        className: 'nginx',
        tlsSecret: SecretSource.fromName('shop-tls'),
        annotations: { 'example.com/timeout': '60' },
      }),
    ),
    'Ingress',
  );
  const http = {
    paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'test-app', port: { number: 80 } } } }],
  };
  expect(ingress.metadata.annotations).toEqual({ 'example.com/timeout': '60' });
  expect(ingress.spec).toEqual({
    ingressClassName: 'nginx',
    tls: [{ hosts: ['shop.example.com', '*.shop.example.com'], secretName: 'shop-tls' }],
    rules: [
      { host: 'shop.example.com', http },
      { host: '*.shop.example.com', http },
    ],
  });
});

test('routes the requests of a Gateway to the Service', () => {
  const route = kind(
    synth(chart =>
      workload(chart, { port: undefined, ports }).exposeViaHttpRoute({
        hosts: ['shop.example.com'],
        path: '/admin',
        portName: 'admin',
        gatewayName: 'public',
        gatewayNamespace: 'gateways',
        sectionName: 'https',
      }),
    ),
    'HTTPRoute',
  );
  expect(route.spec).toEqual({
    parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
    hostnames: ['shop.example.com'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/admin' } }],
        backendRefs: [{ name: 'test-app', port: 8081 }],
      },
    ],
  });
});

test.each<[Partial<IngressExposureOptions>, string]>([
  [{ hosts: [] }, "'hosts' is empty, so no request matches. Set a host name, for example 'shop.example.com'."],
  [
    { hosts: ['https://shop.example.com'] },
    "Invalid host name 'https://shop.example.com' in 'hosts'. Use the form 'shop.example.com', without a scheme.",
  ],
  [{ path: 'admin' }, "'path' is 'admin'. Start it with '/'."],
  [{ portName: 'metrics' }, "The workload has no port 'metrics'. Use one of 'http'."],
  [{ host: 'a.example.com' } as never, "Unknown prop 'host' in the argument of 'exposeViaIngress'."],
])('refuses the Ingress %#', (options, error) => {
  const define = () => synth(chart => workload(chart).exposeViaIngress({ hosts: ['a.example.com'], ...options }));
  expect(define).toThrow(`[test/app] ${error}`);
});

test('refuses an HTTPRoute without a Gateway', () => {
  const options = { hosts: ['shop.example.com'] } as HttpRouteOptions;
  expect(() => synth(chart => workload(chart).exposeViaHttpRoute(options))).toThrow(
    "[test/app] Required prop 'gatewayName' in the argument of 'exposeViaHttpRoute' is missing.",
  );
});
