import { DEFAULTS } from './fixtures';
import { LogCollector, LogShipping, LogShippingDefaults, LogShippingDefaultsOptions, LogSink } from '../../src';
import { kind, podOf, synth, workload } from '../synth';

const { rotation } = DEFAULTS;

test('set the collector, sinks and monitoring of log shippings that set none', () => {
  const objects = synth(chart => {
    LogShippingDefaults.of(chart.node.root).set({ collector: LogCollector.vector(), sinks: [LogSink.stdout()] });
    LogShippingDefaults.of(chart).set({ collector: LogCollector.fluentBit(), podMonitor: true, prometheusRule: true });
    workload(chart).add(new LogShipping({ rotation }));
  });
  expect(podOf(objects).initContainers[0].name).toBe('logs-fluent-bit');
  expect(kind(objects, 'PodMonitor')).toBeDefined();
  expect(kind(objects, 'PrometheusRule')).toBeDefined();
});

test('give way to the props of a log shipping', () => {
  const objects = synth(chart => {
    LogShippingDefaults.of(chart).set({
      collector: LogCollector.vector(),
      sinks: [LogSink.stdout()],
      podMonitor: true,
    });
    workload(chart).add(new LogShipping({ rotation, collector: LogCollector.fluentd(), podMonitor: false }));
  });
  expect(podOf(objects).initContainers[0].name).toBe('logs-fluentd');
  expect(kind(objects, 'PodMonitor')).toBeUndefined();
});

test('are refused after a workload is defined', () => {
  expect(() =>
    synth(chart => {
      workload(chart);
      LogShippingDefaults.of(chart).set({ collector: LogCollector.vector() });
    }),
  ).toThrow(
    "[test] Log shipping defaults are set after 'test/app' is defined. Call 'LogShippingDefaults.of(scope).set(...)' " +
      'before you define workloads.',
  );
});

test('are refused with an unknown prop', () => {
  const options = { colector: LogCollector.vector() } as LogShippingDefaultsOptions;
  expect(() => synth(chart => LogShippingDefaults.of(chart).set(options))).toThrow(
    "[test] Unknown prop 'colector' in the argument of 'set'. Did you mean 'collector'?",
  );
});
