import { Duration } from 'cdk8s';
import { credentialVariables } from './fluent-bit-credentials';
import { afterParsing, beforeParsing, UNPARSED } from './fluent-bit-lua';
import { fluentBitOutput } from './fluent-bit-outputs';
import { CollectorPreset, collectorResources, yaml } from './preset';
import { oneLine, wholeRecord } from '../expressions';
import type { MultilineRule } from '../log-multiline';
import { CONFIG_DIRECTORY, Pipeline, readPaths, STATE_DIRECTORY, unreadPaths } from '../pipeline';

/**
 * Fluent Bit, which does all sinks in little memory.
 *
 * @see https://docs.fluentbit.io/manual/
 */
export const fluentBit: CollectorPreset = {
  name: 'fluent-bit',
  title: 'Fluent Bit',
  image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.1',
  imageWithSleep: 'cr.fluentbit.io/fluent/fluent-bit:5.1.1-debug',
  args: () => ['--config', `${CONFIG_DIRECTORY}/fluent-bit.yaml`],
  // what it knows of Amazon looks for a file there, and warns where there is no such variable
  env: { HOME: STATE_DIRECTORY },
  resources: collectorResources(20, 128),
  // up while it runs, whatever its outputs do: a sink that is away must not take the app out of service
  healthPath: '/',
  healthPort: 2020,
  metricsPort: 2020,
  metricsPath: '/api/v2/metrics/prometheus',
  flush: Duration.seconds(20),
  sinks: ['stdout', 'loki', 'elasticsearch', 'opensearch', 'otlp', 'forward', 's3', 'http', 'raw'],
  // its Kafka client takes a record for sent while it is in memory alone, so each crash would lose some
  sinkRemedy: "give its output as 'LogSink.raw' and accept that each crash loses what its Kafka client holds in memory",
  credentialFiles: true,
  variables: { ACCESS_KEY_ID: 'AWS_ACCESS_KEY_ID', SECRET_ACCESS_KEY: 'AWS_SECRET_ACCESS_KEY' },
  lossMetrics: {
    lost: [{ name: 'fluentbit_output_dropped_records_total' }, { name: 'fluentbit_input_long_line_skipped_total' }],
    retried: [{ name: 'fluentbit_output_retries_total' }],
  },
  render: pipeline => ({ 'fluent-bit.yaml': yaml(config(pipeline)) }),
};

/** What a line may have beyond its record: a line break, and what it is read with. */
const READING = 64 * 1024;

function config(pipeline: Pipeline): Record<string, any> {
  const { format, multiline, maxRecordBytes } = pipeline;
  return {
    env: credentialVariables(pipeline),
    service: {
      'flush': 1,
      // the rest is for ending
      'grace': pipeline.flushSeconds - 5,
      'log_level': 'info',
      'http_server': 'on',
      'http_listen': '0.0.0.0',
      'http_port': pipeline.healthPort,
      // what is tried again is tried again in seconds, however long the sink was away
      'scheduler.base': 1,
      'scheduler.cap': 8,
      'multiline_buffer_limit': multiline === undefined ? undefined : `${maxRecordBytes + READING}`,
      'storage.path': `${STATE_DIRECTORY}/storage`,
      'storage.sync': 'normal',
      'storage.metrics': 'on',
      'storage.max_chunks_up': 32,
      'storage.backlog.mem_limit': '16M',
    },
    parsers:
      format._kind === 'text'
        ? undefined
        : [
            {
              name: 'fields',
              format: format._kind,
              regex: format._pattern && unexpanded(wholeRecord(format._pattern, 'onigmo')),
            },
          ],
    multiline_parsers: multiline === undefined ? undefined : [multilineParser(multiline)],
    pipeline: {
      inputs: [tail(pipeline)],
      filters: filters(pipeline),
      outputs: pipeline.sinks.map(sink => fluentBitOutput(sink, pipeline)),
    },
  };
}

function tail(pipeline: Pipeline): Record<string, any> {
  return {
    'name': 'tail',
    'tag': 'logs',
    // files are known by their inode, so a renamed one is read to its end, after a crash too
    'path': readPaths(pipeline).join(','),
    'exclude_path': unreadPaths(pipeline).join(','),
    'key': 'message',
    'db': `${STATE_DIRECTORY}/offsets.db`,
    'db.locking': 'on',
    'read_from_head': 'on',
    'refresh_interval': 1,
    // a renamed file that is given up would be found again by its new name, so it is kept until it is deleted
    'rotate_wait': 31_536_000,
    'buffer_chunk_size': '64k',
    'buffer_max_size': `${Math.ceil((pipeline.maxRecordBytes + READING) / 1024)}k`,
    // without it a file with one line too long is given up
    'skip_long_lines': 'on',
    'multiline.parser': pipeline.multiline === undefined ? undefined : 'record',
    'storage.type': 'filesystem',
  };
}

function filters(pipeline: Pipeline): Record<string, any>[] {
  const { format, app } = pipeline;
  const after = afterParsing(pipeline);
  return [
    lua('record', beforeParsing(pipeline)),
    // what does not parse stays as it is
    ...(format._kind === 'text'
      ? []
      : [
          {
            name: 'parser',
            match: 'logs',
            key_name: 'message',
            parser: 'fields',
            reserve_data: 'on',
          },
        ]),
    ...(after === undefined ? [] : [lua('fields', after)]),
    {
      name: 'modify',
      match: 'logs',
      rename: format._kind === 'json' ? `${UNPARSED} message` : undefined,
      // the collector's own, whatever the line says
      remove: '@timestamp',
      set: [`app ${app}`, 'namespace ${POD_NAMESPACE}', 'pod ${POD_NAME}'],
    },
  ];
}

function lua(call: string, code: string): Record<string, any> {
  return { name: 'lua', match: 'logs', call, time_as_table: 'on', code };
}

/** What does not begin a record goes on with one. */
function multilineParser({ kind, pattern }: MultilineRule): Record<string, any> {
  const line = oneLine(pattern, 'onigmo');
  const other = `^(?!.*${line})`;
  const [first, next] = kind === 'start' ? [line, other] : [other, line];
  return {
    name: 'record',
    type: 'regex',
    flush_timeout: 2000,
    rules: [
      { state: 'start_state', regex: slashed(first), next_state: 'more' },
      { state: 'more', regex: slashed(next), next_state: 'more' },
    ],
  };
}

function slashed(pattern: string): string {
  return `/${unexpanded(pattern).replace(/\\?\//g, '\\/')}/`;
}

/** Without what would be taken for a variable: `\${2}`. */
function unexpanded(pattern: string): string {
  return pattern.replace(/\\?\$(?=\{)/g, '\\x24');
}
