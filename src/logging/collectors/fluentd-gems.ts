import { fail } from '../../checks/fail';
import { readImage } from '../../checks/image';
import { listed } from '../../checks/message';
import { withDigest } from '../../facts/image-digests';
import { FluentdPlugin } from '../fluentd-plugin';
import type { SinkKind } from '../sinks/sink-types';

/** The official image of Fluentd, which contains no plugins besides the built-in plugins. */
export const OFFICIAL_IMAGE = withDigest('docker.io/fluent/fluentd:v1.19.3-debian-2.2');
const OFFICIAL_REPOSITORY = /^(?:(?:index\.)?docker\.io\/)?fluent\/fluentd$/;

/** The gem of each plugin. */
const GEMS: Readonly<Record<FluentdPlugin, string>> = {
  [FluentdPlugin.ELASTICSEARCH]: 'fluent-plugin-elasticsearch',
  [FluentdPlugin.OPENSEARCH]: 'fluent-plugin-opensearch',
  [FluentdPlugin.LOKI]: 'fluent-plugin-grafana-loki',
  [FluentdPlugin.S3]: 'fluent-plugin-s3',
  [FluentdPlugin.KAFKA]: 'fluent-plugin-kafka',
  [FluentdPlugin.LOGFMT]: 'fluent-plugin-parser-logfmt',
  [FluentdPlugin.PROMETHEUS]: 'fluent-plugin-prometheus',
};

/** The plugins that sinks need. */
const SINK_PLUGINS: Partial<Record<SinkKind, FluentdPlugin>> = {
  elasticsearch: FluentdPlugin.ELASTICSEARCH,
  opensearch: FluentdPlugin.OPENSEARCH,
  loki: FluentdPlugin.LOKI,
  s3: FluentdPlugin.S3,
  kafka: FluentdPlugin.KAFKA,
};

/** Refuses plugins of an image that contains none. */
export function checkPlugins(plugins: readonly FluentdPlugin[], image?: string): void {
  if (plugins.length > 0 && (image === undefined || OFFICIAL_REPOSITORY.test(readImage(image).repository))) {
    const gems = plugins.map(plugin => GEMS[plugin] ?? plugin);
    fail(
      'LogCollector.fluentd',
      `'plugins' contains ${listed(plugins)}, but the image '${image ?? OFFICIAL_IMAGE}' contains no plugins.`,
      `Build an image from it with 'fluent-gem install ${gems.join(' ')}', and set 'image' to it.`,
    );
  }
}

/** Returns whether a sink works with these plugins. */
export function hasPluginOf(kind: SinkKind, plugins: readonly FluentdPlugin[]): boolean {
  const plugin = SINK_PLUGINS[kind];
  return plugin === undefined || plugins.includes(plugin);
}

/** Returns how to add the plugin that a sink needs. */
export function sinkPluginRemedy(kind: SinkKind): string | undefined {
  const plugin = SINK_PLUGINS[kind];
  return plugin && pluginRemedy(plugin);
}

/** Returns how to add a plugin, as the end of a sentence. */
export function pluginRemedy(plugin: FluentdPlugin): string {
  return `use an image with ${GEMS[plugin]} and set 'plugins: [FluentdPlugin.${plugin.toUpperCase()}]'`;
}
