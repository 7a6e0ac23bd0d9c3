import { LogCollector } from '../../../src';

test.each([
  ['fluentd', 'docker.io/fluent/fluentd:v1.19.2-debian-1.0', 'Fluentd 1.19.3'],
  ['fluentd', 'fluent/fluentd:v1.16', 'Fluentd 1.19.3'],
  ['fluentBit', 'cr.fluentbit.io/fluent/fluent-bit:4.1.2', 'Fluent Bit 4.2.0'],
  ['fluentBit', 'mirror.example.com/cr/fluent/fluent-bit:3.2.10-debug', 'Fluent Bit 4.2.0'],
  ['vector', 'docker.io/timberio/vector:0.56.1-alpine', 'Vector 0.57.0'],
  ['openTelemetry', 'otel/opentelemetry-collector-contrib:0.148.0', 'the OpenTelemetry Collector 0.149.0'],
] as const)('%s refuses the image %s', (factory, image, version) => {
  expect(() => LogCollector[factory]({ image })).toThrow(
    `[LogCollector.${factory}] 'image' is '${image}', but the generated configuration needs ${version} or later. ` +
      'Use a later image, for example ',
  );
});

test.each([
  ['fluentd', 'docker.io/fluent/fluentd:v1.19-debian'],
  ['fluentd', 'docker.io/fluent/fluentd:v1.20.0-debian-1.0'],
  ['fluentd', 'docker.io/fluent/fluentd:edge-debian'],
  ['fluentd', 'acme/logging-agent:1.0.0'],
  ['fluentBit', 'cr.fluentbit.io/fluent/fluent-bit:5.0.0'],
  ['vector', 'docker.io/timberio/vector:0.57.0-debian'],
  ['vector', 'docker.io/timberio/vector:1.0.0-debian'],
  ['openTelemetry', 'otel/opentelemetry-collector-contrib:0.150.1'],
] as const)('%s accepts the image %s', (factory, image) => {
  expect(LogCollector[factory]({ image }).image).toBe(image);
});
