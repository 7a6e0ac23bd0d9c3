import { Duration } from 'cdk8s';
import { Protocol, ServiceType } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  annotations,
  count,
  hostile,
  labels,
  name as anyName,
  optional,
  port as anyPort,
  props,
  time,
  Vary,
  word,
} from './values';
import {
  AppPort,
  AutoscalingOptions,
  ExposureOptions,
  HttpRouteOptions,
  IngressExposureOptions,
  NetworkPeer,
  SecretSource,
  ServiceOptions,
  ServiceTrafficPolicy,
} from '../../../src';

const flag = fc.boolean();
const policy = fc.constantFrom(...Object.values(ServiceTrafficPolicy));

/** The options of a Service, and whether its ports can have a number on each node. */
export function serviceOptions(vary: Vary): fc.Arbitrary<ServiceOptions> {
  const common = optional({
    annotations: vary(fc.constant({ 'example.com/team': 'a' }), annotations),
    labels: vary(fc.constant({ team: 'a' }), labels),
    publishNotReadyAddresses: flag,
    internalTrafficPolicy: policy,
  });
  const sessionAffinityTimeout = vary(fc.integer({ min: 1, max: 86400 }).map(Duration.seconds), time);
  const balanced = {
    externalTrafficPolicy: policy,
    loadBalancerClass: vary(fc.constantFrom('example.com/internal', 'internal'), anyName),
    loadBalancerSourceRanges: vary(fc.constant<string[]>(['10.0.0.0/8']), fc.array(hostile, { maxLength: 1 })),
  };
  const typed = vary<ServiceOptions>(
    fc.oneof(
      optional({ type: fc.constant(ServiceType.CLUSTER_IP), sessionAffinityTimeout }),
      props({ headless: fc.constant(true) }, { type: fc.constant(ServiceType.CLUSTER_IP) }),
      props({ type: fc.constant(ServiceType.NODE_PORT) }, { externalTrafficPolicy: policy, sessionAffinityTimeout }),
      props({ type: fc.constant(ServiceType.LOAD_BALANCER) }, balanced),
    ),
    optional({
      headless: flag,
      sessionAffinityTimeout,
      type: fc.constantFrom(...Object.values(ServiceType)),
      ...balanced,
    }),
  );
  return fc.tuple(common, typed).map(([options, more]) => ({ ...options, ...more }));
}

/** Several ports of an app, the first of which is TCP. */
export function ports(vary: Vary): fc.Arbitrary<AppPort[]> {
  const options = (protocols: Protocol[]) =>
    optional({
      protocol: fc.constantFrom(...protocols),
      appProtocol: vary(fc.constantFrom('http', 'kubernetes.io/h2c'), anyName),
    });
  const number = (min: number) => vary(fc.integer({ min, max: min + 999 }), anyPort);
  const servicePort = (min: number) => fc.option(number(min), { nil: undefined });
  const port = (name: string, min: number, protocols: Protocol[]) =>
    fc
      .tuple(vary(fc.constant(name), anyName), number(min), servicePort(min - 1000), options(protocols))
      .map(([portName, value, service, more]) => ({ name: portName, port: value, servicePort: service, ...more }));
  const second = port('metrics', 4000, Object.values(Protocol));
  return fc
    .tuple(
      port('web', 2000, [Protocol.TCP]),
      fc.oneof(
        fc.constant([]),
        second.map(value => [value]),
      ),
    )
    .map(([first, others]) => [first, ...others]);
}

/** Numbers on the nodes, which only some types of Services have. */
export function withNodePorts(appPorts: readonly AppPort[]): AppPort[] {
  return appPorts.map((port, i) => ({ ...port, nodePort: 30100 + i }));
}

function exposure(vary: Vary): fc.Arbitrary<ExposureOptions> {
  return props(
    {
      hosts: vary(
        fc.uniqueArray(fc.constantFrom('shop.example.com', '*.example.com'), { minLength: 1 }),
        fc.array(hostile, { maxLength: 1 }),
      ),
    },
    {
      path: vary(fc.constantFrom('/', '/shop'), hostile),
      portName: vary(fc.constant('web'), anyName),
      annotations: vary(fc.constant({ 'example.com/team': 'a' }), annotations),
    },
  );
}

export function ingressOptions(vary: Vary): fc.Arbitrary<IngressExposureOptions> {
  const more = optional({
    className: vary(word, anyName),
    tlsSecret: vary(word, anyName).map(SecretSource.fromName),
  });
  return fc.tuple(exposure(vary), more).map(([options, others]) => ({ ...options, ...others }));
}

export function httpRouteOptions(vary: Vary): fc.Arbitrary<HttpRouteOptions> {
  const more = props(
    { gatewayName: vary(word, anyName) },
    { gatewayNamespace: vary(word, anyName), sectionName: vary(word, anyName) },
  );
  return fc.tuple(exposure(vary), more).map(([options, others]) => ({ ...options, ...others }));
}

export function autoscaling(vary: Vary): fc.Arbitrary<AutoscalingOptions> {
  const percent = vary(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, -1, 0.5, NaN));
  return props(
    { maxReplicas: vary(fc.integer({ min: 5, max: 20 }), count(0, 5)) },
    {
      minReplicas: vary(fc.integer({ min: 1, max: 5 }), count(0, 9)),
      cpuUtilizationPercent: percent,
      memoryUtilizationPercent: percent,
      metrics: fc.constant<any[]>([
        {
          type: 'Pods',
          pods: { metric: { name: 'queue_length' }, target: { type: 'AverageValue', averageValue: '10' } },
        },
      ]),
      behavior: fc.constant({ scaleDown: { stabilizationWindowSeconds: 300 } }),
    },
  );
}

/** Peers outside the program. */
export const peers: fc.Arbitrary<NetworkPeer[]> = fc.array(
  fc.constantFrom(
    NetworkPeer.internet(),
    NetworkPeer.apiServer(),
    NetworkPeer.cloudMetadata(),
    NetworkPeer.cidrs('10.20.0.0/16'),
    NetworkPeer.namespaces('monitoring'),
    NetworkPeer.pods({ 'app.kubernetes.io/name': 'app' }, 'monitoring'),
    NetworkPeer.anywhere(),
  ),
  { maxLength: 2 },
);
