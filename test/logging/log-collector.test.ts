import { collectorOf, logged, SINKS } from './fixtures';
import { LogCollector } from '../../src';
import { kind } from '../synth';

describe('LogCollector.custom', () => {
  test('uses the files, variables, ports and arguments of the user', () => {
    const collector = LogCollector.custom({
      name: 'rsyslog',
      image: 'acme/rsyslog:8.2',
      args: ['-f', '/etc/log-collector/rsyslog.conf'],
      files: { 'rsyslog.conf': 'module(load="imfile")\n' },
      healthPort: 8000,
    });
    const objects = logged({ collector, sinks: [SINKS.elasticsearch[0]] });
    expect(kind(objects, 'ConfigMap').data).toEqual({ 'rsyslog.conf': 'module(load="imfile")\n' });
    expect(collectorOf(objects)).toMatchObject({
      name: 'logs-rsyslog',
      args: ['-f', '/etc/log-collector/rsyslog.conf'],
      ports: [{ name: 'log-health', containerPort: 8000, protocol: 'TCP' }],
    });
    expect(collectorOf(objects).env).toEqual(
      expect.arrayContaining([
        {
          name: 'LOG_ELASTICSEARCH_PASSWORD',
          valueFrom: { secretKeyRef: { name: 'sink', key: 'password' } },
        },
        expect.objectContaining({ name: 'POD_NAME' }),
      ]),
    );
  });
});

describe('LogCollector.fluentBit', () => {
  test('serves health checks and metrics on one port', () => {
    const objects = logged({ collector: LogCollector.fluentBit({ healthPort: 2021 }), podMonitor: true });
    expect(collectorOf(objects).ports).toEqual([{ name: 'log-health', containerPort: 2021, protocol: 'TCP' }]);
    expect(kind(objects, 'PodMonitor').spec.podMetricsEndpoints).toEqual([
      { port: 'log-health', path: '/api/v2/metrics/prometheus' },
    ]);
  });

  test('refuses a port of the metrics', () => {
    expect(() => LogCollector.fluentBit({ metricsPort: 2021 } as any)).toThrow(
      "[LogCollector.fluentBit] Unknown prop 'metricsPort'.",
    );
  });
});
