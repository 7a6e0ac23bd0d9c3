import { Size } from 'cdk8s';
import { DEFAULTS, collectorOf, logged } from './fixtures';
import {
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  HealthCheck,
  LogCollector,
  LogFormat,
  LoggedApp,
  LogShipping,
  LogShippingProps,
  PodVolume,
} from '../../src';
import { podOf, synth, workload } from '../synth';

const APP = { image: 'acme/app:1.0.0', port: 8080 };

describe('LogShipping', () => {
  test('with the required props', () => {
    expect(logged()).toMatchSnapshot();
  });

  test('shares a bounded volume with the collector, which keeps its state in another volume', () => {
    const objects = logged();
    expect(podOf(objects).volumes).toEqual(
      expect.arrayContaining([
        { name: 'logs', emptyDir: { sizeLimit: '50Mi' } },
        { name: 'logs-state', emptyDir: { sizeLimit: '20Mi' } },
      ]),
    );
    expect(podOf(objects).containers[0].volumeMounts).toContainEqual({ name: 'logs', mountPath: '/var/log/app' });
    expect(collectorOf(objects).volumeMounts).toEqual([
      { name: 'logs-config', mountPath: '/etc/log-collector', readOnly: true },
      { name: 'logs-state', mountPath: '/var/lib/log-collector' },
      { name: 'logs', mountPath: '/var/log/app', readOnly: true },
    ]);
  });

  test('rolls out new pods when the configuration of the collector changes', () => {
    const name = (objects: any[]) =>
      podOf(objects).volumes.find((volume: any) => volume.name === 'logs-config').configMap.name;
    expect(name(logged({ format: LogFormat.json() }))).not.toBe(name(logged()));
  });

  test('creates the same objects in LoggedApp and in ConfiguredApp', () => {
    const config = () => new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a')] });
    const byName = (a: any, b: any) => (`${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1);
    const loggedApp = synth(chart =>
      new LoggedApp(chart, 'app', { ...APP, logs: new LogShipping(DEFAULTS) }).add(config()),
    );
    const configuredApp = synth(chart =>
      new ConfiguredApp(chart, 'app', { ...APP, config: config() }).add(new LogShipping(DEFAULTS)),
    );
    expect(loggedApp.sort(byName)).toEqual(configuredApp.sort(byName));
  });

  test.each<[string, object, string]>([
    [
      'a PrometheusRule without a PodMonitor',
      { prometheusRule: true },
      "'prometheusRule' is set without 'podMonitor', so Prometheus has no metrics to alert on. Set 'podMonitor: " +
        "true' too.",
    ],
    [
      'a relative directory',
      { directory: 'logs' },
      "'directory' is 'logs', which is not an absolute path in a container. ",
    ],
  ])('refuses %s', (_, props, sentence) => {
    expect(() => logged(props)).toThrow(`[test/app/logs] ${sentence}`);
  });

  test('refuses a missing rotation', () => {
    expect(() => logged({ rotation: undefined })).toThrow(
      "[LogShipping] Required prop 'rotation' is missing. Set it, for example 'rotation: ",
    );
  });

  test.each(['collector', 'sinks'])("refuses a missing '%s' without a default", prop => {
    expect(() => logged({ [prop]: undefined })).toThrow(
      `[test/app/logs] '${prop}' of the log shipping is missing. Set it, for example '${prop}: `,
    );
  });

  test('refuses a misspelled prop', () => {
    expect(() => logged({ podMonitr: true } as any)).toThrow(
      "[LogShipping] Unknown prop 'podMonitr'. Did you mean 'podMonitor'?",
    );
  });

  test('refuses a directory that another extension mounts', () => {
    expect(() =>
      synth(chart =>
        new LoggedApp(chart, 'app', { ...APP, healthCheck: HealthCheck.tcp(), logs: new LogShipping(DEFAULTS) }).add({
          id: 'other',
          bind: () => ({
            mounts: [{ path: '/var/log/app', volume: PodVolume.emptyDir('mine', { sizeLimit: Size.mebibytes(1) }) }],
          }),
        }),
      ),
    ).toThrow(
      "[test/app] Duplicate mount path '/var/log/app' from extension 'logs' (volume 'logs') and extension 'other' " +
        "(volume 'mine').",
    );
  });
});

describe('two instances of LogShipping in a workload', () => {
  const audit: LogShippingProps = {
    ...DEFAULTS,
    id: 'audit',
    directory: '/var/log/audit',
    collector: LogCollector.openTelemetry({ healthPort: 13134, metricsPort: 8889 }),
  };
  const both = (second: LogShippingProps) =>
    synth(chart => workload(chart).add(new LogShipping(DEFAULTS)).add(new LogShipping(second)));

  test('have separate volumes, containers, ports and objects', () => {
    const objects = both(audit);
    const pod = podOf(objects);
    expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['audit-otel-collector', 'logs-otel-collector']);
    expect(pod.initContainers[0].ports.map(({ name, containerPort }: any) => [name, containerPort])).toEqual([
      ['audit-health', 13134],
      ['audit-metrics', 8889],
    ]);
    expect(pod.volumes.map(({ name }: any) => name)).toEqual([
      'audit',
      'audit-config',
      'audit-state',
      'logs',
      'logs-config',
      'logs-state',
      'scratch-tmp',
    ]);
    expect(new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).size).toBe(objects.length);
  });

  test.each<[string, LogShippingProps, string]>([
    ['an ID', { ...audit, id: undefined }, "Duplicate 'id' 'logs' of an extension. "],
    [
      'a directory',
      { ...audit, directory: undefined },
      "Duplicate mount path '/var/log/app' from extension 'audit' (volume 'audit') and extension 'logs' " +
        "(volume 'logs').",
    ],
    [
      'a port',
      { ...audit, collector: LogCollector.openTelemetry() },
      "Duplicate port '13133' from extension 'audit' and extension 'logs'.",
    ],
  ])('cannot share %s', (_, second, problem) => {
    expect(() => both(second)).toThrow(`[test/app] ${problem}`);
  });
});

test.each([
  '/var/log/x" {',
  '/var/log/a,b',
  '/var/log/*',
  '/logs/{a}',
  '/logs/#{`id`}',
  '/a\npostrotate',
  '/logs/$HOME',
  '/a b',
])('refuses the directory %j, which is more than a path', directory => {
  expect(() => logged({ directory })).toThrow(
    `'directory' is ${JSON.stringify(directory)}, which collectors do not read as one path. Use letters, digits, ` +
      "'-', '_' and '.' between slashes.",
  );
});

test('accepts a directory with dots, dashes and underscores', () => {
  expect(collectorOf(logged({ directory: '/srv/app-1.2/my_logs' })).volumeMounts).toContainEqual(
    expect.objectContaining({ mountPath: '/srv/app-1.2/my_logs' }),
  );
});
