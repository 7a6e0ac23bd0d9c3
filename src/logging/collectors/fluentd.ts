import { Duration } from 'cdk8s';
import { fluentdSink } from './fluentd-sinks';
import { Code, expression, fluentdConfig, Section, withVariables } from './fluentd-syntax';
import { CollectorPreset, collectorResources } from './preset';
import { oneLine } from '../expressions';
import type { SinkKind } from '../log-sink';
import { CONFIG_DIRECTORY, Pipeline, readPaths, STATE_DIRECTORY, unreadPaths } from '../pipeline';

/** Plugins that an image of Fluentd may hold beside Fluentd's own. */
export enum FluentdPlugin {
  /** `fluent-plugin-elasticsearch` */
  ELASTICSEARCH = 'elasticsearch',
  /** `fluent-plugin-opensearch` */
  OPENSEARCH = 'opensearch',
  /** `fluent-plugin-grafana-loki` */
  LOKI = 'loki',
  /** `fluent-plugin-s3` */
  S3 = 's3',
  /** `fluent-plugin-kafka` */
  KAFKA = 'kafka',
  /** `fluent-plugin-parser-logfmt` */
  LOGFMT = 'logfmt',
  /** `fluent-plugin-prometheus` */
  PROMETHEUS = 'prometheus',
}

/** Ruby takes no temporary directory that everybody may write to, which every `emptyDir` is. */
const TEMPORARY = `${STATE_DIRECTORY}/tmp`;

/**
 * Fluentd of the official image, whose plugins are Fluentd's own, and of images with more.
 *
 * @see https://docs.fluentd.org/
 */
export function fluentd(plugins: readonly FluentdPlugin[]): CollectorPreset {
  const has = (plugin: FluentdPlugin) => plugins.includes(plugin);
  const prometheus = has(FluentdPlugin.PROMETHEUS);
  return {
    name: 'fluentd',
    title: 'Fluentd',
    image: 'docker.io/fluent/fluentd:v1.19.3-debian-2.2',
    imageWithSleep: 'docker.io/fluent/fluentd:v1.19.3-debian-2.2',
    command: ['/bin/sh', '-c', `mkdir -p -m 0700 ${TEMPORARY} && exec tini -- fluentd --config ${CONFIG_DIRECTORY}/fluent.conf`],
    env: { TMPDIR: TEMPORARY },
    resources: collectorResources(50, 256),
    healthPath: '/api/plugins.json',
    healthPort: 24220,
    metricsPort: prometheus ? 24231 : undefined,
    metricsPath: prometheus ? '/metrics' : undefined,
    metricsRemedy: 'give it an image with fluent-plugin-prometheus and \'plugins: [FluentdPlugin.PROMETHEUS]\'; its counts are at /api/plugins.json of its health port',
    flush: Duration.seconds(20),
    unsupportedFormats: has(FluentdPlugin.LOGFMT)
      ? {}
      : { logfmt: 'give it an image with fluent-plugin-parser-logfmt and \'plugins: [FluentdPlugin.LOGFMT]\', or take \'LogCollector.fluentBit\' or \'LogCollector.vector\'' },
    sinks: ['stdout', 'forward', 'http', 'raw', ...plugins.filter(plugin => plugin !== FluentdPlugin.LOGFMT && plugin !== FluentdPlugin.PROMETHEUS) as SinkKind[]],
    sinkRemedy: 'give Fluentd an image with the plugin, and name it in \'plugins\'',
    // its plugin for Loki takes a token from a file alone
    credentials: { loki: ['basic'] },
    render: pipeline => ({ 'fluent.conf': fluentdConfig(sections(pipeline, prometheus)) }),
  };
}

function sections(pipeline: Pipeline, prometheus: boolean): Section[] {
  return [
    // one process: Kubernetes starts it again, no supervisor of its own is needed for that
    { name: 'system', parameters: { log_level: 'info' } },
    { name: 'source', parameters: { '@type': 'monitor_agent', '@id': 'monitor', 'bind': '0.0.0.0', 'port': pipeline.healthPort } },
    ...prometheus ? metrics(pipeline) : [],
    tail(pipeline),
    ...parser(pipeline),
    {
      name: 'filter',
      argument: 'logs',
      parameters: { '@type': 'record_transformer', '@id': 'origin' },
      sections: [{ name: 'record', parameters: { app: pipeline.app, namespace: withVariables('${POD_NAMESPACE}'), pod: withVariables('${POD_NAME}') } }],
    },
    {
      name: 'match',
      argument: 'logs',
      parameters: { '@type': 'copy', '@id': 'sinks' },
      // a sink that fails takes nothing from the others
      sections: pipeline.sinks.map(sink => ({ ...fluentdSink(sink, pipeline), name: 'store', argument: 'ignore_error' })),
    },
  ];
}

function tail(pipeline: Pipeline): Section {
  const { multiline } = pipeline;
  return {
    name: 'source',
    parameters: {
      '@type': 'tail',
      '@id': 'files',
      'tag': 'logs',
      // files are known by their inode, so a renamed one is read to its end
      'path': readPaths(pipeline).join(','),
      // by itself it takes nothing but `*` for a pattern
      'glob_policy': 'extended',
      'exclude_path': new Code(JSON.stringify(unreadPaths(pipeline))),
      'pos_file': `${STATE_DIRECTORY}/positions`,
      'follow_inodes': true,
      'read_from_head': true,
      'refresh_interval': 1,
      'rotate_wait': 10,
      'max_line_size': pipeline.maxRecordBytes,
      'multiline_flush_interval': multiline === undefined ? undefined : '2s',
    },
    sections: [{
      name: 'parse',
      parameters: multiline === undefined
        ? { '@type': 'none', 'message_key': 'message' }
        : { '@type': 'multiline', 'format_firstline': expression(oneLine(multiline.pattern, 'onigmo')), 'format1': expression('(?<message>.*)') },
    }],
  };
}

/** Lines that do not parse stay as they are; the time is that of reading, since an app's own may not parse either. */
function parser({ format }: Pipeline): Section[] {
  if (format._kind === 'text') {
    return [];
  }
  return [{
    name: 'filter',
    argument: 'logs',
    parameters: {
      '@type': 'parser',
      '@id': 'fields',
      'key_name': 'message',
      'reserve_data': true,
      'remove_key_name_field': true,
      'reserve_time': true,
      'emit_invalid_record_to_error': false,
    },
    sections: [{
      name: 'parse',
      parameters: format._kind === 'regex'
        ? { '@type': 'regexp', 'expression': expression(format._pattern!), 'time_key': 'no_time_key' }
        : { '@type': format._kind, 'time_key': 'no_time_key' },
    }],
  }];
}

function metrics({ metricsPort }: Pipeline): Section[] {
  return [
    { name: 'source', parameters: { '@type': 'prometheus', '@id': 'metrics', 'bind': '0.0.0.0', 'port': metricsPort, 'metrics_path': '/metrics' } },
    { name: 'source', parameters: { '@type': 'prometheus_output_monitor', '@id': 'metrics_of_sinks' } },
    { name: 'source', parameters: { '@type': 'prometheus_tail_monitor', '@id': 'metrics_of_files' } },
  ];
}
