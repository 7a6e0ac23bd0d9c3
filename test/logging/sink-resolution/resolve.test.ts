import { LogAuth, LogCollector, LogSink } from '../../../src';
import { podOf } from '../../synth';
import { COLLECTORS, configOf, logged, SINKS } from '../fixtures';
import { PROBLEMS } from '../formats/problems';

const auth = LogAuth.none('inside of the mesh');

test('an empty list of sinks is refused', () => {
  expect(() => logged({ sinks: [] })).toThrow(
    "[test/app/logs] 'sinks' is empty, so no record would be sent. Add a sink, for example 'LogSink.stdout()'.",
  );
});

test('two sinks with one name are refused', () => {
  const sink = () => LogSink.otlp({ url: 'https://otlp.example.com', auth });
  expect(() => logged({ sinks: [sink(), sink()] })).toThrow(
    "[test/app/logs] Two sinks have the name 'otlp'. Set 'name' of one of them to another name.",
  );
});

test('an invalid name is refused', () => {
  expect(() => logged({ sinks: [LogSink.stdout({ name: 'a b' })] })).toThrow(/^\[test\/app\/logs\] .*'a b'/);
});

test.each<[string, LogCollector, LogSink, string]>([
  [
    'Vector',
    LogCollector.vector(),
    SINKS.forward[0],
    "'sinks[0]' is of the kind 'forward', which Vector does not support. Use 'LogCollector.fluentd' or " +
      "'LogCollector.fluentBit'.",
  ],
  [
    'Fluentd without plugins',
    LogCollector.fluentd(),
    SINKS.loki[0],
    "'sinks[0]' is of the kind 'loki', which Fluentd does not support. Use 'LogCollector.fluentBit', " +
      "'LogCollector.vector' or 'LogCollector.openTelemetry', or use an image with fluent-plugin-grafana-loki and " +
      "set 'plugins: [FluentdPlugin.LOKI]'.",
  ],
  [
    'the OpenTelemetry Collector',
    LogCollector.openTelemetry(),
    SINKS.http[0],
    "'sinks[0]' is of the kind 'http', which the OpenTelemetry Collector does not support. Use " +
      "'LogCollector.fluentd', 'LogCollector.fluentBit' or 'LogCollector.vector', or use 'LogSink.otlp' with a " +
      "gateway that supports the sink, or 'LogSink.raw' with the exporter.",
  ],
])('a sink that %s does not support is refused with the alternatives', (_, collector, sink, sentence) => {
  expect(() => logged({ collector, sinks: [sink] })).toThrow(`[test/app/logs] ${sentence}`);
});

test.each<[string, LogSink]>([
  ['url', LogSink.loki({ auth } as any)],
  ['host', LogSink.forward({ auth } as any)],
  ['bucket', LogSink.s3({ region: 'eu', auth } as any)],
  ['plugin', LogSink.raw({} as any)],
])("a missing '%s' is refused", (option, sink) => {
  expect(() => logged({ collector: LogCollector.fluentBit(), sinks: [sink] })).toThrow(
    `[test/app/logs] Required prop '${option}' in 'sinks[0]' is missing. Set it, for example '${option}: `,
  );
});

test('a misspelled prop is refused with the right one', () => {
  const sink = LogSink.loki({ url: 'https://loki', auth, lables: {} } as any);
  expect(() => logged({ sinks: [sink] })).toThrow(
    "[test/app/logs] Unknown prop 'lables' in 'sinks[0]'. Did you mean 'labels'?",
  );
});

test.each(Object.keys(COLLECTORS))('sinks can have the names of components of %s', name => {
  const { collector } = COLLECTORS[name];
  const sinks = ['files', 'monitor', 'metrics', 'origin', 'sinks', 'storage', 'tmp', 'positions', 'records'].map(
    component => LogSink.loki({ name: component, url: 'https://loki', auth }),
  );
  const text = configOf(logged({ collector, sinks }));
  expect(PROBLEMS[name](text)).toEqual([]);
  expect(text).not.toMatch(/log-collector\/(tmp|storage|positions)\/?$[^]*log-collector\/\1\/?$/m);
});

test('the certificate authority of a sink is mounted from its Secret', () => {
  expect(podOf(logged({ sinks: [SINKS.loki[0]] })).volumes).toContainEqual({
    name: 'logs-loki-ca',
    secret: { secretName: 'authority', items: [{ key: 'ca.crt', path: 'ca.crt' }], defaultMode: 0o440 },
  });
});

test('the ports of all sinks are opened once, in ascending order', () => {
  const sinks = [
    LogSink.http({ url: 'https://a:8443', auth }),
    LogSink.loki({ url: 'https://b', auth }),
    LogSink.otlp({ url: 'https://c', auth, egressPorts: [443, 4318] }),
  ];
  const objects = logged({ collector: LogCollector.fluentBit(), sinks });
  const { spec } = objects.find(({ metadata }) => metadata.name === 'test-app-logs-sinks');
  expect(spec.egress[0].ports.map(({ port }: any) => port)).toEqual([443, 4318, 8443]);
});
