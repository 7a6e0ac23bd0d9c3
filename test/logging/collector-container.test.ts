import { Duration, Size } from 'cdk8s';
import { COLLECTORS, collectorOf, DEFAULTS, logged } from './fixtures';
import {
  Controller,
  KubernetesVersion,
  LogCollector,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogShippingProps,
} from '../../src';
import { APP, podOf, synth } from '../synth';

describe('the container of a collector', () => {
  test('starts before the app, stops after it, and has time to send the remaining records', () => {
    const objects = logged();
    expect(collectorOf(objects)).toMatchObject({ name: 'logs-otel-collector', restartPolicy: 'Always' });
    expect(podOf(objects).terminationGracePeriodSeconds).toBe(30 + 5 + 2 + 25);
    // the app has stopped by then
    expect(collectorOf(objects).lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 5 + 2 } } });
  });

  test.each<[string, LogCollector, number]>([
    ['Fluentd has read the last line', LogCollector.fluentd(), 2],
    ['the OpenTelemetry Collector has read the last line', LogCollector.openTelemetry(), 2],
    ['Fluent Bit has completed the last record of several lines', LogCollector.fluentBit(), 5],
    ['Vector has read an idle file again', LogCollector.vector(), 11],
  ])('waits until %s', (_, collector, seconds) => {
    expect(collectorOf(logged({ collector })).lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 5 + seconds } } });
  });

  test.each<[string, LogCollector, string, string]>([
    ['Fluentd', LogCollector.fluentd(), '37', '-debian-2.2'],
    ['Fluent Bit', LogCollector.fluentBit(), '40', '-debug'],
    ['Vector', LogCollector.vector(), '46', '-alpine'],
  ])("uses an image of %s with 'sleep' on clusters before 1.30", (_, collector, seconds, variant) => {
    const container = collectorOf(logged({ collector }, KubernetesVersion.V1_28));
    expect(container.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', seconds] } } });
    expect(container.image.split('@')[0]).toMatch(new RegExp(`${variant}$`));
  });

  test("is a plain container before 1.29, with a warning if the image may have no 'sleep'", () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const { containers } = podOf(logged({}, KubernetesVersion.V1_28));
    expect(containers.map(({ name }: any) => name)).toEqual(['app', 'logs-otel-collector']);
    expect(warn.mock.calls[0][0]).toBe(
      "[test/app/logs] On clusters before 1.30 the image of the OpenTelemetry Collector needs a program 'sleep'. " +
        'Without it the collector stops together with the app, and the last lines of the app can be lost. Use ' +
        "'LogCollector.fluentd', 'LogCollector.fluentBit' or 'LogCollector.vector', or set the minimum version to " +
        "1.30 with 'KubernetesVersion.setMinimum' if no older cluster is used.",
    );
    warn.mockRestore();
  });
});

describe.each(Object.keys(COLLECTORS))('the container of %s', name => {
  const container = () => collectorOf(logged({ collector: COLLECTORS[name].collector }));

  test('has a read-only root filesystem, a pinned image and limits', () => {
    expect(container().securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(container().image).toMatch(/:v?\d+\.\d+\.\d+/);
    expect(container().resources.limits).toMatchObject({
      'memory': expect.any(String),
      'ephemeral-storage': expect.any(String),
    });
  });

  test('is restarted if it hangs, and never delays the app', () => {
    const { livenessProbe, startupProbe, readinessProbe, ports } = container();
    expect(livenessProbe.httpGet.port).toBe(ports.find((port: any) => port.name === 'log-health').containerPort);
    expect([startupProbe, readinessProbe]).toEqual([undefined, undefined]);
  });
});

test.each<[string, Partial<LogShippingProps>]>([
  ...Object.entries(COLLECTORS).map(([name, { collector }]): [string, Partial<LogShippingProps>] => [
    name,
    { collector },
  ]),
  [
    'a custom collector',
    {
      collector: LogCollector.custom({
        name: 'rsyslog',
        image: 'acme/rsyslog:8.2.1',
        files: { a: '' },
        healthPort: 8000,
      }),
    },
  ],
  [
    'logrotate',
    {
      rotation: LogRotation.bySidecar({ image: 'acme/logrotate:3.22.0', maxFileSize: Size.mebibytes(10), maxFiles: 4 }),
    },
  ],
])('%s that is unwell neither delays its app nor takes it out of its Service', (_, props) => {
  for (const oldest of [undefined, KubernetesVersion.V1_28]) {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const { containers, initContainers = [] } = podOf(logged(props, oldest));
    const sidecars = [...containers, ...initContainers].filter(({ name }: any) => name.startsWith('logs-'));
    expect(sidecars.length).toBeGreaterThan(0);
    for (const { readinessProbe, startupProbe, lifecycle } of sidecars) {
      // the kubelet starts the next container after a startup probe and after a postStart hook
      expect([readinessProbe, startupProbe, lifecycle?.postStart]).toEqual([undefined, undefined, undefined]);
    }
    warn.mockRestore();
  }
});

describe('the collector of a Job', () => {
  const job = (props = {}) =>
    synth(
      chart =>
        new LoggedApp(chart, 'app', {
          ...APP,
          port: undefined,
          controller: Controller.job(),
          logs: new LogShipping(DEFAULTS),
          ...props,
        }),
    ).find(object => object.kind === 'Job').spec.template.spec.initContainers[0];

  test('starts before the app', () => {
    const { startupProbe } = job();
    expect(startupProbe.httpGet.path).toBeDefined();
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBe(300);
  });

  test('has time to catch up, although the app stops quickly', () => {
    const quick = job({ shutdownTimeout: Duration.seconds(1) });
    expect(quick.lifecycle.preStop.sleep.seconds).toBeGreaterThanOrEqual(30);
    expect(job({ shutdownTimeout: Duration.seconds(60) }).lifecycle.preStop.sleep.seconds).toBeGreaterThanOrEqual(60);
  });
});
