import { Duration } from 'cdk8s';
import { hasPluginOf, OFFICIAL_IMAGE, pluginRemedy, sinkPluginRemedy } from './fluentd-gems';
import { LOSS_METRICS, metrics } from './fluentd-metrics';
import { OUTPUTS } from './fluentd-outputs';
import { RECORD_FILTER, rubyPlugins } from './fluentd-ruby';
import { fluentdStore } from './fluentd-stores';
import { Code, expression, fluentdConfig, Section, withVariables } from './fluentd-syntax';
import { CollectorPreset, collectorResources } from './preset';
import { sentence } from '../../checks/message';
import { FLUENTD } from '../../facts/images/collectors';
import { ANY_ADDRESS } from '../../facts/network';
import { oneLine, wholeRecord } from '../expressions';
import { FluentdPlugin } from '../fluentd-plugin';
import type { MultilineRule } from '../log-multiline';
import type { TimeLayout } from '../log-time';
import { CONFIG_DIRECTORY, Pipeline, readPaths, STATE_DIRECTORY, supportedSinks, unreadPaths } from '../pipeline';

/** A private directory, because Ruby refuses a temporary directory that is world-writable like an `emptyDir`. */
const TEMPORARY = `${STATE_DIRECTORY}/tmp`;

/**
 * Fluentd, from the official image without further plugins or from an image with plugins.
 *
 * @see https://docs.fluentd.org/
 */
export function fluentd(plugins: readonly FluentdPlugin[]): CollectorPreset {
  const has = (plugin: FluentdPlugin) => plugins.includes(plugin);
  const prometheus = has(FluentdPlugin.PROMETHEUS);
  return {
    name: 'fluentd',
    title: FLUENTD.title,
    image: OFFICIAL_IMAGE,
    // before, the monitor agent showed all variables of the plugins (fluentd#5392)
    minimumVersion: '1.19.3',
    imageWithSleep: OFFICIAL_IMAGE,
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
      `${sentence(pluginRemedy(FluentdPlugin.PROMETHEUS))} Without the plugin ` +
      'counts are at /api/plugins.json of the health port.',
    flush: Duration.seconds(20),
    unsupportedFormats: has(FluentdPlugin.LOGFMT) ? {} : { logfmt: pluginRemedy(FluentdPlugin.LOGFMT) },
    sinks: supportedSinks(OUTPUTS).filter(kind => hasPluginOf(kind, plugins)),
    sinkRemedy: sinkPluginRemedy,
    credentialFiles: true,
    render: pipeline => ({
      'fluent.conf': fluentdConfig(sections(pipeline, prometheus)),
      ...rubyPlugins(pipeline),
    }),
  };
}

function sections(pipeline: Pipeline, prometheus: boolean): Section[] {
  const sinks = pipeline.sinks.map(sink => fluentdStore(sink, pipeline));
  return [
    {
      name: 'system',
      parameters: {
        log_level: 'info',
        // the socket would be in the read-only /tmp, and the only worker shares it with no other
        disable_shared_socket: true,
        // the dump would contain credentials
        suppress_config_dump: true,
      },
    },
    {
      name: 'source',
      parameters: {
        '@type': 'monitor_agent',
        '@id': 'monitor',
        'bind': `[${ANY_ADDRESS}]`,
        'port': pipeline.healthPort,
        'include_config': false,
        'include_debug_info': false,
      },
    },
    ...(prometheus ? metrics(pipeline) : []),
    tail(pipeline),
    record(pipeline),
    {
      name: 'match',
      argument: 'logs',
      parameters: { '@type': 'copy', '@id': 'sinks' },
      // Fluentd warns if all stores ignore errors, so one that cannot fail does not
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
      // identifies files by their inode, so a renamed file is read to its end
      'path': readPaths(pipeline).join(','),
      // the default supports only `*` in patterns
      'glob_policy': 'extended',
      'exclude_path': new Code(JSON.stringify(unreadPaths(pipeline))),
      'pos_file': `${STATE_DIRECTORY}/positions`,
      'follow_inodes': true,
      'read_from_head': true,
      // lines that are read together must fit into a chunk: Fluentd loses parts of an event stream that it splits
      'read_lines_limit': 1,
      'refresh_interval': 1,
      'rotate_wait': 10,
      // includes the line break
      'max_line_size': maxRecordBytes + 2,
      'multiline_flush_interval': multiline === undefined ? undefined : '2s',
      // otherwise lines before the first start of a record are dropped
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

/** Returns the expression for the first line of a record; the line still ends with its line break. */
function firstLine({ kind, pattern }: MultilineRule): string {
  const expr = oneLine(pattern, 'onigmo', '(?=\\r?$)');
  return kind === 'start' ? expr : `\\A(?!.*${expr})`;
}

/** Returns the filter that parses records; a line that does not parse is kept in `message`. */
function record(pipeline: Pipeline): Section {
  const { format, time, maxRecordBytes, app } = pipeline;
  return {
    name: 'filter',
    argument: 'logs',
    parameters: {
      '@type': RECORD_FILTER,
      '@id': 'records',
      'max_bytes': maxRecordBytes,
      // otherwise each element of an array becomes a record, and words without a value become fields
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
                // otherwise the parser removes the field `time`
                'time_key': 'no_time_key',
              },
            },
          ],
  };
}

function layout(time: TimeLayout): string {
  return time.kind === 'pattern' ? time.pattern.replace(/%[Lf]/, '%N') : time.kind;
}
