import { FluentdPlugin, LogCollector, LogFormat, LogSink } from '../../../src';
import { logged, SINKS } from '../fixtures';

const PLUGIN_SINKS: [LogSink, FluentdPlugin, string][] = [
  [SINKS.elasticsearch[0], FluentdPlugin.ELASTICSEARCH, 'fluent-plugin-elasticsearch'],
  [SINKS.opensearch[0], FluentdPlugin.OPENSEARCH, 'fluent-plugin-opensearch'],
  [SINKS.loki[0], FluentdPlugin.LOKI, 'fluent-plugin-grafana-loki'],
  [SINKS.s3[0], FluentdPlugin.S3, 'fluent-plugin-s3'],
  [SINKS.kafka[0], FluentdPlugin.KAFKA, 'fluent-plugin-kafka'],
];

describe('LogCollector.fluentd', () => {
  test.each([
    ['no image', undefined],
    ['the official image', 'fluent/fluentd:v1.18-1'],
    ['the official image of Docker Hub', 'docker.io/fluent/fluentd:v1.19.3-debian-2.2'],
  ])('refuses plugins with %s, and names their gems', (_, image) => {
    const plugins = [FluentdPlugin.ELASTICSEARCH, FluentdPlugin.LOGFMT];
    expect(() => LogCollector.fluentd({ image, plugins })).toThrow(
      "[LogCollector.fluentd] 'plugins' contains 'elasticsearch' and 'logfmt', but the image " +
        `'${image ?? 'docker.io/fluent/fluentd:v1.19.3-debian-2.2'}' contains no plugins. Build an image from it ` +
        "with 'fluent-gem install fluent-plugin-elasticsearch fluent-plugin-parser-logfmt', and set 'image' to it.",
    );
  });

  test.each(PLUGIN_SINKS)('refuses a sink whose plugin is not in the image, and names it', (sink, plugin, gem) => {
    const image = 'registry.example.com/fluent/fluentd:1.19.3';
    expect(() => logged({ collector: LogCollector.fluentd(), sinks: [sink] })).toThrow(`image with ${gem} and set`);
    expect(() => logged({ collector: LogCollector.fluentd({ image }), sinks: [sink] })).toThrow(
      `or use an image with ${gem} and set 'plugins: [FluentdPlugin.${plugin.toUpperCase()}]'.`,
    );
    expect(() =>
      logged({ collector: LogCollector.fluentd({ image, plugins: [plugin] }), sinks: [sink] }),
    ).not.toThrow();
  });

  test('refuses logfmt without its plugin', () => {
    expect(() => logged({ collector: LogCollector.fluentd(), format: LogFormat.logfmt() })).toThrow(
      "use an image with fluent-plugin-parser-logfmt and set 'plugins: [FluentdPlugin.LOGFMT]'.",
    );
  });
});
