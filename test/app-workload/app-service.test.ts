import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import { Ingress, IngressBackend, ServiceType } from 'cdk8s-plus-28';
import { ServiceOptions, ServiceTrafficPolicy } from '../../src';
import { expectRefusal } from '../pod/fixtures';
import { kind, synth, workload } from '../synth';

test('renders each option', () => {
  const service = kind(
    synth(chart =>
      workload(chart, {
        service: {
          type: ServiceType.LOAD_BALANCER,
          annotations: { 'example.com/scheme': 'internal' },
          labels: { exposed: 'yes' },
          publishNotReadyAddresses: true,
          sessionAffinityTimeout: Duration.minutes(10),
          externalTrafficPolicy: ServiceTrafficPolicy.LOCAL,
          internalTrafficPolicy: ServiceTrafficPolicy.CLUSTER,
          loadBalancerClass: 'example.com/nlb',
          loadBalancerSourceRanges: ['10.0.0.0/8'],
        },
      }),
    ),
    'Service',
  );
  expect(service.metadata.annotations).toEqual({ 'example.com/scheme': 'internal' });
  expect(service.metadata.labels).toMatchObject({ 'exposed': 'yes', 'app.kubernetes.io/name': 'app' });
  expect(service.spec).toMatchObject({
    type: 'LoadBalancer',
    publishNotReadyAddresses: true,
    sessionAffinity: 'ClientIP',
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
    externalTrafficPolicy: 'Local',
    internalTrafficPolicy: 'Cluster',
    loadBalancerClass: 'example.com/nlb',
    loadBalancerSourceRanges: ['10.0.0.0/8'],
  });
});

test('has no address of its own if it is headless', () => {
  const { spec } = kind(
    synth(chart => workload(chart, { service: { headless: true } })),
    'Service',
  );
  expect(spec.clusterIP).toBe('None');
});

test('is the backend of an Ingress of cdk8s-plus-28', () => {
  const objects = synth(chart => {
    const { service } = workload(chart, { servicePort: 80 });
    expect(service.name).toBe('test-app');
    expect(service.port).toBe(80);
    new Ingress(chart, 'ingress').addHostRule('shop.example.com', '/', IngressBackend.fromService(service));
  });
  expect(kind(objects, 'Ingress').spec.rules[0].http.paths[0].backend).toEqual({
    service: { name: 'test-app', port: { number: 80 } },
  });
});

test('keeps fields that a JSON patch adds, also those that cdk8s-plus-28 does not know', () => {
  const chart = new Chart(new App(), 'test');
  ApiObject.of(workload(chart).service).addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
  expect(kind(chart.toJson(), 'Service').spec.trafficDistribution).toBe('PreferClose');
});

test.each<[ServiceOptions, string]>([
  [
    { headless: true, type: ServiceType.NODE_PORT },
    "'service.headless' is set, but 'service.type' is 'NodePort', which needs an address. Omit one of them.",
  ],
  [
    { headless: true, sessionAffinityTimeout: Duration.minutes(10) },
    "'service.headless' and 'service.sessionAffinityTimeout' are both set, but clients of a headless Service connect " +
      'to the pods directly. Omit one of them.',
  ],
  [
    { type: ServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.0'] },
    "'10.0.0.0' in 'service.loadBalancerSourceRanges' is not a CIDR block. Use the form '10.0.0.0/8'.",
  ],
  [
    { type: ServiceType.EXTERNAL_NAME },
    "'service.type' is 'ExternalName', which has no pods. Use ClusterIP, NodePort or LoadBalancer.",
  ],
  [
    { loadBalancerClass: 'a' },
    "'service.loadBalancerClass' is set, but 'service.type' is 'ClusterIP'. Set " +
      "'type: ServiceType.LOAD_BALANCER', or omit it.",
  ],
  [
    { externalTrafficPolicy: ServiceTrafficPolicy.LOCAL },
    "'service.externalTrafficPolicy' is set, but a Service of type 'ClusterIP' is not reachable from " +
      "outside. Set 'type: ServiceType.LOAD_BALANCER' or 'ServiceType.NODE_PORT', or omit it.",
  ],
  [
    { sessionAffinityTimeout: Duration.days(2) },
    "Invalid value 172800 for 'service.sessionAffinityTimeout' in seconds.",
  ],
  [{ clusterIP: 'None' } as never, "Unknown prop 'clusterIP' in 'service'."],
])('refuses the options %#', (service, error) => {
  expectRefusal({ service }, error);
});

test('refuses a port of the node without a Service that has one', () => {
  expectRefusal(
    { port: undefined, ports: [{ name: 'http', port: 8080, nodePort: 30080 }] },
    "Port 'http' has a 'nodePort', but 'service.type' is 'ClusterIP'. Set 'type: ServiceType.NODE_PORT' or " +
      "'ServiceType.LOAD_BALANCER', or omit 'nodePort'.",
  );
});
