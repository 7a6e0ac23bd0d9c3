import { COLLECTORS, logged } from './fixtures';
import { LogCollector } from '../../src';
import { kind } from '../synth';

describe.each(Object.keys(COLLECTORS))('the alerts of %s', name => {
  const { collector } = COLLECTORS[name];

  test('count what is lost and what is tried again, for the pods of the app alone', () => {
    const { spec } = kind(logged({ collector, podMonitor: true, prometheusRule: true }), 'PrometheusRule');
    const rules: Record<string, any>[] = spec.groups[0].rules;
    expect(rules.map(({ alert }) => alert)).toEqual(['LogRecordsLost', 'LogSinkFailing']);
    for (const { expr } of rules) {
      for (const line of expr.split('\nor\n')) {
        expect(line).toMatch(
          line.startsWith('max')
            ? /^max by \(namespace, pod\) \(\w+\{pod=~"test-app-.+",container="logs-[\w-]+"\} > 0 unless on \(namespace, pod, exporter\) increase\(\w+\{pod=~"test-app-.+",container="logs-[\w-]+"\}\[5m\]\) > 0\)$/
            : /^sum by \(namespace, pod\) \(increase\(\w+\{pod=~"test-app-.+",container="logs-[\w-]+"(?:,.*)?\}\[10m\]\)\) > 0$/,
        );
      }
    }
    expect(spec).toMatchSnapshot();
  });
});

test('alerts without metrics are refused', () => {
  expect(() => logged({ prometheusRule: true })).toThrow(
    "It has 'prometheusRule' without 'podMonitor', so that Prometheus would have no metrics to alert on. Set " +
      "'podMonitor: true' too",
  );
});

test('alerts of a collector whose counters are not known are refused', () => {
  const collector = LogCollector.custom({
    name: 'own',
    image: 'acme/own:1.0.0',
    files: { 'own.conf': '' },
    healthPort: 8080,
    metricsPort: 8081,
  });
  expect(() => logged({ collector, podMonitor: true, prometheusRule: true })).toThrow(
    "Own has no counters that are known. Leave 'prometheusRule' out, and write the rule in its own words",
  );
});
