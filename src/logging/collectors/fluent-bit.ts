import { Duration } from 'cdk8s';
import { fluentBitOutput } from './fluent-bit-outputs';
import { CollectorPreset, collectorResources, yaml } from './preset';
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
  resources: collectorResources(20, 128),
  // up while it runs, whatever its outputs do: a sink that is away must not take the app out of service
  healthPath: '/',
  healthPort: 2020,
  metricsPort: 2020,
  metricsPath: '/api/v2/metrics/prometheus',
  flush: Duration.seconds(20),
  sinks: ['stdout', 'loki', 'elasticsearch', 'opensearch', 'otlp', 'forward', 's3', 'http', 'kafka', 'raw'],
  variables: { ACCESS_KEY_ID: 'AWS_ACCESS_KEY_ID', SECRET_ACCESS_KEY: 'AWS_SECRET_ACCESS_KEY' },
  render: pipeline => ({ 'fluent-bit.yaml': yaml(config(pipeline)) }),
};

function config(pipeline: Pipeline): Record<string, any> {
  const { format, multiline } = pipeline;
  return {
    service: {
      'flush': 1,
      // the rest is for ending
      'grace': pipeline.flushSeconds - 5,
      'log_level': 'info',
      'http_server': 'on',
      'http_listen': '0.0.0.0',
      'http_port': pipeline.healthPort,
      'storage.path': `${STATE_DIRECTORY}/storage`,
      'storage.sync': 'normal',
      'storage.metrics': 'on',
      'storage.max_chunks_up': 32,
      'storage.backlog.mem_limit': '16M',
      'storage.backlog.flush_on_shutdown': 'on',
    },
    parsers: format._kind === 'text' ? undefined : [{ name: 'fields', format: format._kind, regex: ruby(format._pattern) }],
    multiline_parsers: multiline === undefined ? undefined : [multilineParser(ruby(multiline.pattern)!)],
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
    // a renamed file that is given up would be found again by its new name and read twice, so it is kept until it is deleted
    'rotate_wait': 31_536_000,
    'buffer_chunk_size': '64k',
    'buffer_max_size': `${Math.max(64, Math.ceil(pipeline.maxRecordBytes / 1024))}k`,
    // without it a file with one line too long is given up
    'skip_long_lines': 'on',
    'multiline.parser': pipeline.multiline === undefined ? undefined : 'record',
    'storage.type': 'filesystem',
  };
}

function filters({ format, app, multiline }: Pipeline): Record<string, any>[] {
  return [
    // a record of several lines stands under another key
    ...multiline === undefined ? [] : [{ name: 'modify', match: 'logs', rename: 'log message' }],
    // what does not parse stays as it is
    ...format._kind === 'text' ? [] : [{ name: 'parser', match: 'logs', key_name: 'message', parser: 'fields', reserve_data: 'on' }],
    { name: 'modify', match: 'logs', set: [`app ${app}`, 'namespace ${POD_NAMESPACE}', 'pod ${POD_NAME}'] },
  ];
}

/** What does not begin a record goes on with one. */
function multilineParser(start: string): Record<string, any> {
  return {
    name: 'record',
    type: 'regex',
    flush_timeout: 2000,
    rules: [
      { state: 'start_state', regex: `/${slashed(start)}/`, next_state: 'more' },
      { state: 'more', regex: `/^(?!.*(?:${slashed(start)})).*/`, next_state: 'more' },
    ],
  };
}

function slashed(pattern: string): string {
  return pattern.replace(/\\?\//g, '\\/');
}

/** As Onigmo writes it, without what would be taken for a variable: `\${2}`. */
function ruby(pattern: string | undefined): string | undefined {
  return pattern?.replace(/\(\?P</g, '(?<').replace(/\\?\$(?=\{)/g, '\\x24');
}
