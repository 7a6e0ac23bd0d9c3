import { Duration } from 'cdk8s';
import { LOSS_METRICS, metrics } from './fluentd-metrics';
import { plugins as ownPlugins, RECORD_FILTER } from './fluentd-plugin';
import { fluentdSink } from './fluentd-sinks';
import { Code, expression, fluentdConfig, Section, withVariables } from './fluentd-syntax';
import { CollectorPreset, collectorResources } from './preset';
import { oneLine, wholeRecord } from '../expressions';
import type { MultilineRule } from '../log-multiline';
import type { SinkKind } from '../log-sink';
import type { TimeLayout } from '../log-time';
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
    command: [
      '/bin/sh',
      '-c',
      `mkdir -p -m 0700 ${TEMPORARY} && exec tini -s -- fluentd --config ${CONFIG_DIRECTORY}/fluent.conf --plugin ` +
        `${CONFIG_DIRECTORY}`,
    ],
    env: { TMPDIR: TEMPORARY },
    resources: collectorResources(50, 256),
    healthPath: '/api/plugins.json',
    healthPort: 24220,
    metricsPort: prometheus ? 24231 : undefined,
    metricsPath: prometheus ? '/metrics' : undefined,
    lossMetrics: prometheus ? LOSS_METRICS : undefined,
    metricsRemedy:
      "give it an image with fluent-plugin-prometheus and 'plugins: [FluentdPlugin.PROMETHEUS]'; its counts are " +
      'at /api/plugins.json of its health port',
    flush: Duration.seconds(20),
    unsupportedFormats: has(FluentdPlugin.LOGFMT)
      ? {}
      : {
          logfmt:
            "give it an image with fluent-plugin-parser-logfmt and 'plugins: [FluentdPlugin.LOGFMT]', or take " +
            "'LogCollector.fluentBit' or 'LogCollector.vector'",
        },
    sinks: [
      'stdout',
      'forward',
      'http',
      'raw',
      ...(plugins.filter(
        plugin => plugin !== FluentdPlugin.LOGFMT && plugin !== FluentdPlugin.PROMETHEUS,
      ) as SinkKind[]),
    ],
    sinkRemedy: "give Fluentd an image with the plugin, and name it in 'plugins'",
    credentialFiles: true,
    render: pipeline => ({
      'fluent.conf': fluentdConfig(sections(pipeline, prometheus)),
      ...ownPlugins(pipeline.sinks.map(({ kind }) => kind)),
    }),
  };
}

function sections(pipeline: Pipeline, prometheus: boolean): Section[] {
  const sinks = pipeline.sinks.map(sink => fluentdSink(sink, pipeline));
  return [
    {
      name: 'system',
      parameters: {
        log_level: 'info',
        // no socket in /tmp, which cannot be written: there is one worker, and nobody to share with
        disable_shared_socket: true,
        // it would have the credentials in it
        suppress_config_dump: true,
      },
    },
    {
      name: 'source',
      parameters: {
        '@type': 'monitor_agent',
        '@id': 'monitor',
        'bind': '0.0.0.0',
        'port': pipeline.healthPort,
        'include_config': false,
      },
    },
    ...(prometheus ? metrics(pipeline) : []),
    tail(pipeline),
    record(pipeline),
    {
      name: 'match',
      argument: 'logs',
      parameters: { '@type': 'copy', '@id': 'sinks' },
      // Fluentd warns where any of them may fail: this one cannot
      sections: [
        ...sinks.map(({ store }) => store),
        { name: 'store', parameters: { '@type': 'null', '@id': 'nothing' } },
      ],
    },
    ...sinks.flatMap(({ label }) => label ?? []),
  ];
}

function tail(pipeline: Pipeline): Section {
  const { multiline, maxRecordBytes } = pipeline;
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
      // what is read at once has to fit into a chunk: of an event stream that is split, Fluentd leaves parts unsent
      'read_lines_limit': 1,
      'refresh_interval': 1,
      'rotate_wait': 10,
      // it counts the line break
      'max_line_size': maxRecordBytes + 2,
      'multiline_flush_interval': multiline === undefined ? undefined : '2s',
      // a line before the first that begins a record would be dropped
      'emit_unmatched_lines': multiline === undefined ? undefined : true,
    },
    sections: [
      {
        name: 'parse',
        parameters:
          multiline === undefined
            ? { '@type': 'none', 'message_key': 'message' }
            : {
                '@type': 'multiline',
                'format_firstline': expression(firstLine(multiline)),
                'format1': expression('(?<message>.*)'),
              },
      },
    ],
  };
}

/** What a record's first line is. A line has its line break still. */
function firstLine({ kind, pattern }: MultilineRule): string {
  const expr = oneLine(pattern, 'onigmo', '(?=\\r?$)');
  return kind === 'start' ? expr : `\\A(?!.*${expr})`;
}

/** Lines that do not parse stay as they are, in `message`. */
function record(pipeline: Pipeline): Section {
  const { format, time, maxRecordBytes, app } = pipeline;
  return {
    name: 'filter',
    argument: 'logs',
    parameters: {
      '@type': RECORD_FILTER,
      '@id': 'records',
      'max_bytes': maxRecordBytes,
      // of an array each element would become a record, and of words without a value fields
      'parsed_begins_with':
        format._kind === 'json' ? expression('\\A\\s*\\{') : format._kind === 'logfmt' ? expression('=') : undefined,
      'time_field': time?.field,
      'time_layout': time && layout(time.layout),
      'time_zone': time?.zone,
      'fields': withVariables(JSON.stringify({ app, namespace: '${POD_NAMESPACE}', pod: '${POD_NAME}' })),
    },
    sections:
      format._kind === 'text'
        ? []
        : [
            {
              name: 'parse',
              parameters: {
                '@type': format._kind === 'regex' ? 'regexp' : format._kind,
                'expression':
                  format._kind === 'regex' ? expression(wholeRecord(format._pattern!, 'onigmo')) : undefined,
                // the field would be taken away
                'time_key': 'no_time_key',
              },
            },
          ],
  };
}

function layout(time: TimeLayout): string {
  return time.kind === 'pattern' ? time.pattern.replace(/%[Lf]/, '%N') : time.kind;
}
