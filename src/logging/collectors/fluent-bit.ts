import { Duration } from 'cdk8s';
import { credentialVariables } from './fluent-bit-credentials';
import { afterParsing, beforeParsing, FIRST_LINE, PARSE_FIRST_LINE, UNPARSED, WHOLE } from './fluent-bit-lua';
import { fluentBitOutput, OUTPUTS } from './fluent-bit-outputs';
import { CollectorPreset, collectorResources } from './preset';
import { writeYaml } from '../../checks/yaml-library';
import { withDigest } from '../../facts/image-digests';
import { FLUENT_BIT } from '../../facts/images/collectors';
import { ANY_ADDRESS } from '../../facts/network';
import { oneLine, wholeRecord } from '../expressions';
import type { MultilineRule } from '../log-multiline';
import {
  CONFIG_DIRECTORY,
  keepsLines,
  Pipeline,
  readPaths,
  STATE_DIRECTORY,
  supportedSinks,
  unreadPaths,
} from '../pipeline';

/**
 * Fluent Bit.
 *
 * @see https://docs.fluentbit.io/manual/
 */
export const fluentBit: CollectorPreset = {
  name: 'fluent-bit',
  title: FLUENT_BIT.title,
  image: withDigest('cr.fluentbit.io/fluent/fluent-bit:5.1.1'),
  // reads variables from files
  minimumVersion: '4.2.0',
  imageWithSleep: withDigest('cr.fluentbit.io/fluent/fluent-bit:5.1.1-debug'),
  args: () => ['--config', `${CONFIG_DIRECTORY}/fluent-bit.yaml`],
  // its AWS client reads a file there, and warns if the variable is missing
  env: { HOME: STATE_DIRECTORY },
  resources: collectorResources(20, 128),
  // answers as long as the process runs: an unavailable sink must not take the app out of service
  healthPath: '/',
  healthPort: 2020,
  metricsPort: 2020,
  metricsPath: '/api/v2/metrics/prometheus',
  // completes a record of several lines at every second turn of a timer of two seconds, and loses it when it exits
  lastLook: Duration.seconds(5),
  flush: Duration.seconds(20),
  sinks: supportedSinks(OUTPUTS),
  // its Kafka client counts a record as sent while only memory contains it, so each crash would lose some
  sinkRemedy: () =>
    "configure its output with 'LogSink.raw' if a crash can lose the records in the memory of its Kafka client",
  credentialFiles: true,
  variables: { ACCESS_KEY_ID: 'AWS_ACCESS_KEY_ID', SECRET_ACCESS_KEY: 'AWS_SECRET_ACCESS_KEY' },
  lossMetrics: {
    lost: [{ name: 'fluentbit_output_dropped_records_total' }, { name: 'fluentbit_input_long_line_skipped_total' }],
    retried: [{ name: 'fluentbit_output_retries_total' }],
  },
  render: pipeline => ({ 'fluent-bit.yaml': writeYaml(config(pipeline)) }),
};

/** The room for a line break and for the block in which a line is read. */
const READ_BYTES = 64 * 1024;

function config(pipeline: Pipeline): Record<string, any> {
  const { format, multiline, maxRecordBytes } = pipeline;
  return {
    env: credentialVariables(pipeline),
    service: {
      'flush': 1,
      // the remaining five seconds are for exiting
      'grace': pipeline.flushSeconds - 5,
      'log_level': 'info',
      'http_server': 'on',
      'http_listen': ANY_ADDRESS,
      'http_port': pipeline.healthPort,
      // retries after seconds, however long the sink was unavailable
      'scheduler.base': 1,
      'scheduler.cap': 8,
      'multiline_buffer_limit': multiline === undefined ? undefined : `${maxRecordBytes + READ_BYTES}`,
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
    // identifies files by their inode, so a renamed file is read to its end, also after a crash
    'path': readPaths(pipeline).join(','),
    'exclude_path': unreadPaths(pipeline).join(','),
    'key': 'message',
    'db': `${STATE_DIRECTORY}/offsets.db`,
    'db.locking': 'on',
    'read_from_head': 'on',
    'refresh_interval': 1,
    // a released file would be found again under its new name, so renamed files stay open until they are deleted
    'rotate_wait': 31_536_000,
    'buffer_chunk_size': '64k',
    'buffer_max_size': `${Math.ceil((pipeline.maxRecordBytes + READ_BYTES) / 1024)}k`,
    // otherwise a file with one line that is too long is abandoned
    'skip_long_lines': 'on',
    'multiline.parser': pipeline.multiline === undefined ? undefined : 'record',
    'storage.type': 'filesystem',
  };
}

function filters(pipeline: Pipeline): Record<string, any>[] {
  const { format, app } = pipeline;
  const after = afterParsing(pipeline);
  const linesOfJson = format._kind === 'json' && keepsLines(pipeline);
  return [
    lua('record', beforeParsing(pipeline)),
    ...parsers(pipeline),
    ...(after === undefined ? [] : [lua('fields', after)]),
    {
      name: 'modify',
      match: 'logs',
      // a message that exists is not replaced
      rename: linesOfJson
        ? [`${UNPARSED} message`, `${WHOLE} message`]
        : format._kind === 'json'
          ? `${UNPARSED} message`
          : undefined,
      // these fields are the collector's, whatever the line contains
      remove: linesOfJson ? ['@timestamp', FIRST_LINE, WHOLE] : '@timestamp',
      set: [`app ${app}`, 'namespace ${POD_NAMESPACE}', 'pod ${POD_NAME}'],
    },
  ];
}

/** Returns the filters that parse lines and, with `multiline`, the first lines of records. */
function parsers(pipeline: Pipeline): Record<string, any>[] {
  const kind = pipeline.format._kind;
  const lines = keepsLines(pipeline);
  if (kind === 'text') {
    return [];
  }
  return [
    parser('message'),
    ...(lines && kind === 'regex' ? [lua('first', PARSE_FIRST_LINE)] : []),
    ...(lines ? [parser(FIRST_LINE)] : []),
  ];
}

/** Returns a filter that parses a field; a value that does not parse is kept unchanged. */
function parser(field: string): Record<string, any> {
  return { name: 'parser', match: 'logs', key_name: field, parser: 'fields', reserve_data: 'on' };
}

function lua(call: string, code: string): Record<string, any> {
  return { name: 'lua', match: 'logs', call, time_as_table: 'on', code };
}

/** Returns the parser of records of several lines: a line that does not start a record continues one. */
function multilineParser({ kind, pattern }: MultilineRule): Record<string, any> {
  const line = oneLine(pattern, 'onigmo');
  const otherLine = `^(?!.*${line})`;
  const [first, next] = kind === 'start' ? [line, otherLine] : [otherLine, line];
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

/** Escapes a dollar that would start a variable: `\${2}`. */
function unexpanded(pattern: string): string {
  return pattern.replace(/\\?\$(?=\{)/g, '\\x24');
}
