import { COLLECTORS, collectorOf, DEFAULTS, logged } from './fixtures';
import { LogAuth, LogCollector, LoggedApp, LogShipping, LogSink, Waiver } from '../../src';
import { kind, synth } from '../synth';

const NAMES = Object.keys(COLLECTORS);
const http = LogSink.http({ url: 'https://logs', auth: LogAuth.none('inside of the mesh') });

describe('the network policy of a log shipping', () => {
  test('opens the ports of the sinks', () => {
    const objects = logged({ collector: LogCollector.fluentBit(), sinks: [http, LogSink.stdout()] });
    const policies = objects.filter(object => object.kind === 'NetworkPolicy');
    expect(policies.map(({ spec }) => spec.egress[0].ports.map(({ port }: any) => port))).toEqual([[53, 53], [443]]);
  });

  test('is not created if the workload waives network policies', () => {
    const objects = synth(
      chart =>
        new LoggedApp(chart, 'app', {
          image: 'acme/app:1.0.0',
          port: 8080,
          waivers: [Waiver.networkPolicy('the mesh decides who talks')],
          logs: new LogShipping({ ...DEFAULTS, collector: LogCollector.fluentBit(), sinks: [http] }),
        }),
    );
    expect(objects.filter(object => object.kind === 'NetworkPolicy')).toEqual([]);
  });
});

describe.each(NAMES)('the PodMonitor of %s', name => {
  test('reads the metrics port, which the network policy opens', () => {
    const objects = logged({ collector: COLLECTORS[name].collector, podMonitor: true });
    const [endpoint] = kind(objects, 'PodMonitor').spec.podMetricsEndpoints;
    const { containerPort } = collectorOf(objects).ports.find((port: any) => port.name === endpoint.port);
    expect(objects.find(({ metadata }) => metadata.name === 'test-app-logs-sinks').spec).toMatchObject({
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: containerPort, protocol: 'TCP' }] }],
    });
  });
});

test.each<[string, LogCollector, string]>([
  [
    'Fluentd',
    LogCollector.fluentd(),
    "Use an image with fluent-plugin-prometheus and set 'plugins: [FluentdPlugin.PROMETHEUS]'. ",
  ],
  [
    'custom',
    LogCollector.custom({ name: 'custom', image: 'a/b:1', files: { 'a.conf': '' }, healthPort: 8080 }),
    "Set 'metricsPort' of the collector.",
  ],
])('a PodMonitor is refused if %s has no metrics for Prometheus', (title, collector, remedy) => {
  expect(() => logged({ collector, podMonitor: true })).toThrow(
    `[test/app/logs] 'podMonitor' is set, but ${title} has no metrics for Prometheus. ${remedy}`,
  );
});

describe.each(NAMES)('the PrometheusRule of %s', name => {
  const PODS = 'pod=~"test-app-\\.\\+",container="logs-[\\w-]+"';
  const GROWS = new RegExp(`^sum by \\(namespace, pod\\) \\(increase\\(\\w+\\{${PODS}(?:,.*)?\\}\\[10m\\]\\)\\) > 0$`);
  const WAITS = new RegExp(
    `^max by \\(namespace, pod\\) \\(\\w+\\{${PODS}\\} > 0 unless on \\(namespace, pod, exporter\\) ` +
      `increase\\(\\w+\\{${PODS}\\}\\[5m\\]\\) > 0\\)$`,
  );

  test('alerts on lost records and on failing sinks, only for pods of the app', () => {
    const { collector } = COLLECTORS[name];
    const { spec } = kind(logged({ collector, podMonitor: true, prometheusRule: true }), 'PrometheusRule');
    const rules: Record<string, any>[] = spec.groups[0].rules;
    expect(rules.map(({ alert }) => alert)).toEqual(['LogRecordsLost', 'LogSinkFailing']);
    for (const line of rules.flatMap(({ expr }) => expr.split('\nor\n'))) {
      expect(line).toMatch(line.startsWith('max') ? WAITS : GROWS);
    }
    expect(spec).toMatchSnapshot();
  });
});

test('a PrometheusRule is refused if the counters of the collector are unknown', () => {
  const collector = LogCollector.custom({
    name: 'custom',
    image: 'acme/custom:1.0.0',
    files: { 'custom.conf': '' },
    healthPort: 8080,
    metricsPort: 8081,
  });
  expect(() => logged({ collector, podMonitor: true, prometheusRule: true })).toThrow(
    "[test/app/logs] 'prometheusRule' is set, but this library does not know the counters of custom. Omit " +
      "'prometheusRule', and write a 'PrometheusRule' with the metrics of the collector.",
  );
});
