import { ApiObject, JsonPatch } from 'cdk8s';
import { NetworkPolicy, NetworkPolicyIpBlock, NetworkPolicyPort } from 'cdk8s-plus-28';
import { AppWorkloadProps, HealthCheck, Waiver } from '../../src';
import { kind, podOf, synth, workload } from '../synth';

const withoutPort = { port: undefined, healthCheck: HealthCheck.command(['alive']) };

describe('an AppWorkload', () => {
  test('matches the snapshot with the fewest props', () => {
    expect(synth(chart => workload(chart))).toMatchSnapshot();
  });

  test('defines objects with one name', () => {
    const objects = synth(chart => workload(chart));
    expect(objects.map(object => [object.kind, object.metadata.name])).toEqual([
      ['Deployment', 'test-app'],
      ['ServiceAccount', 'test-app'],
      ['PodDisruptionBudget', 'test-app'],
      ['NetworkPolicy', 'test-app'],
      ['Service', 'test-app'],
    ]);
  });

  test('has no Service and no open port without a port', () => {
    const objects = synth(chart => workload(chart, withoutPort));
    expect(kind(objects, 'Service')).toBeUndefined();
    expect(kind(objects, 'NetworkPolicy').spec.ingress).toBeUndefined();
  });

  test('sets the name, labels and namespace of the metadata on all objects', () => {
    const objects = synth(chart =>
      workload(chart, {
        metadata: { name: 'shop', namespace: 'sales', labels: { team: 'a' }, annotations: { note: 'b' } },
      }),
    );
    expect(objects).toHaveLength(5);
    for (const { metadata } of objects) {
      expect(metadata).toMatchObject({
        name: 'shop',
        namespace: 'sales',
        labels: { 'team': 'a', 'app.kubernetes.io/instance': 'shop' },
      });
    }
    expect(kind(objects, 'Deployment').metadata.annotations).toEqual({ note: 'b' });
  });

  test('accepts JSON patches with fields that the schema of 1.28 lacks', () => {
    const objects = synth(chart => {
      ApiObject.of(workload(chart)).addJsonPatch(
        JsonPatch.add('/spec/template/spec/resources', { limits: { memory: '1Gi' } }),
      );
    });
    expect(podOf(objects).resources).toEqual({ limits: { memory: '1Gi' } });
  });

  test('omits the update strategy if it is waived', () => {
    const strategy = (waivers: Waiver[]) =>
      kind(
        synth(chart => workload(chart, { waivers })),
        'Deployment',
      ).spec.strategy;
    expect(strategy([])).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    expect(strategy([Waiver.updateKeepsCapacity('a short outage is fine')])).toBeUndefined();
  });
});

describe('with constructs of cdk8s-plus-28', () => {
  test('an Ingress exposes the Service', () => {
    const ingress = kind(
      synth(chart => workload(chart, { servicePort: 80 }).service.exposeViaIngress('/')),
      'Ingress',
    );
    expect(ingress.spec.rules[0].http.paths[0].backend.service).toEqual({ name: 'test-app', port: { number: 80 } });
  });

  test('a NetworkPolicy selects a workload and another as its peer', () => {
    const policy = synth(chart => {
      const app = workload(chart);
      const peer = workload(chart, {}, 'other');
      new NetworkPolicy(chart, 'policy', {
        selector: app,
        ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(8080)] }] },
      });
    }).find(({ metadata }) => metadata.name === 'test-policy');
    expect(policy.spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'app' } },
      ingress: [
        { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'other' } } }], ports: [{ port: 8080 }] },
      ],
    });
  });
});

describe('allowFrom', () => {
  test('allows only the peer to connect to the port', () => {
    const [base, added] = synth(chart => workload(chart).allowFrom(workload(chart, {}, 'web'))).filter(
      object => object.kind === 'NetworkPolicy' && object.metadata.name.startsWith('test-app'),
    );
    expect(base.spec.ingress).toBeUndefined();
    expect(added.spec.ingress).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'test-web', 'app.kubernetes.io/name': 'web' } },
          },
        ],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ]);
    expect(added.spec).not.toHaveProperty('egress');
  });

  test('allows replicas to connect to each other', () => {
    const [base, added] = synth(chart => {
      const app = workload(chart);
      app.allowFrom(app, 4369);
    }).filter(object => object.kind === 'NetworkPolicy');
    const peers = [{ podSelector: base.spec.podSelector }];
    const ports = [{ port: 4369, protocol: 'TCP' }];
    expect(added.spec.ingress).toEqual([{ from: peers, ports }]);
    expect(base.spec.egress).toContainEqual({ to: peers, ports });
  });
});

describe('allowTo', () => {
  const egress = (...ports: number[]) => {
    const policies = synth(chart =>
      workload(chart).allowTo(NetworkPolicyIpBlock.ipv4(chart, 'pay', '10.1.0.0/16'), ...ports),
    ).filter(object => object.kind === 'NetworkPolicy');
    return policies[1].spec.egress;
  };

  test('allows the app to connect to the ports of a peer, or to all of its ports', () => {
    const to = [{ ipBlock: { cidr: '10.1.0.0/16' } }];
    expect(egress(443)).toEqual([{ to, ports: [{ port: 443, protocol: 'TCP' }] }]);
    expect(egress()).toEqual([{ to, ports: [] }]);
  });

  test('refuses an invalid port', () => {
    expect(() => egress(443, 0)).toThrow(
      "[test/app] Invalid value 0 for the port of 'allowTo'. Use a whole number from 1 to 65535.",
    );
  });
});

test.each<[Partial<AppWorkloadProps>, string]>([
  [{ replicas: 1.5 }, "Invalid value 1.5 for 'replicas'. Use a whole number from 0 to 100000."],
  [{ port: 0 }, "Invalid value 0 for 'port'. Use a whole number from 1 to 65535."],
  [{ port: '8080' as any }, "'port' is a string, but must be a number. Use a number without quotes."],
  [
    { port: 80 },
    "'port' is 80, which a non-root process cannot bind. Use a port of 1024 or higher, for example 8080, and set " +
      "'servicePort: 80'.",
  ],
  [{ servicePort: 70000 }, "Invalid value 70000 for 'servicePort'. Use a whole number from 1 to 65535."],
  [
    { portName: 'HTTP' },
    "Invalid value 'HTTP' for 'portName'. Use at most 15 lowercase letters, digits and single '-', with at least one " +
      'letter.',
  ],
  [
    { metadata: { name: '1app' } },
    "Name '1app' is not a valid Service name. Use at most 63 lowercase letters, digits and '-', starting with a letter",
  ],
  [
    { port: undefined },
    "The workload has neither 'port' nor 'healthCheck', so Kubernetes cannot detect an app that hangs. Set " +
      "'healthCheck: HealthCheck.command([...])', or waive the rule with 'Waiver.healthCheck(reason)'.",
  ],
  [
    { waivers: [Waiver.drainBeforeStop('because')] },
    "The reason 'because' for the waiver of 'drain-before-stop' is too short. Explain why in at least three words.",
  ],
])('refuses %j', (props, error) => {
  expect(() => synth(chart => workload(chart, props))).toThrow(`[test/app] ${error}`);
});

test('accepts a port below 1024 and no health check if the rules are waived', () => {
  const reason = 'the image requires it';
  expect(() => synth(chart => workload(chart, { port: 80, waivers: [Waiver.unprivilegedPort(reason)] }))).not.toThrow();
  const objects = synth(chart => workload(chart, { port: undefined, waivers: [Waiver.healthCheck(reason)] }));
  expect(podOf(objects).containers[0]).not.toHaveProperty('livenessProbe');
});

test('refuses to return a Service without a port', () => {
  expect(() => synth(chart => workload(chart, withoutPort).service)).toThrow(
    "[test/app] The workload has no Service, because it has no 'port'. Set 'port'.",
  );
});
