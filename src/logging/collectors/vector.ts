import { Duration } from 'cdk8s';
import { CollectorPreset, collectorResources, yaml } from './preset';
import { vectorSink } from './vector-sinks';
import { CONFIG_DIRECTORY, Pipeline, readPaths, STATE_DIRECTORY, unreadPaths } from '../pipeline';

/**
 * Vector, whose buffers on disk hold 256Mi or more for each sink.
 *
 * @see https://vector.dev/docs/
 */
export const vector: CollectorPreset = {
  name: 'vector',
  title: 'Vector',
  image: 'docker.io/timberio/vector:0.57.0-distroless-libc',
  imageWithSleep: 'docker.io/timberio/vector:0.57.0-alpine',
  args: flushSeconds => ['--config', `${CONFIG_DIRECTORY}/vector.yaml`, '--graceful-shutdown-limit-secs', String(flushSeconds - 2)],
  resources: collectorResources(50, 256),
  healthPath: '/health',
  healthPort: 8686,
  metricsPort: 9598,
  metricsPath: '/metrics',
  flush: Duration.seconds(20),
  sinks: ['stdout', 'loki', 'elasticsearch', 'opensearch', 's3', 'http', 'kafka', 'raw'],
  render: pipeline => ({ 'vector.yaml': yaml(config(pipeline)) }),
};

function config(pipeline: Pipeline): Record<string, any> {
  return {
    data_dir: STATE_DIRECTORY,
    api: { enabled: true, address: `0.0.0.0:${pipeline.healthPort}` },
    sources: { files: files(pipeline), internal: { type: 'internal_metrics' } },
    transforms: { records: { type: 'remap', inputs: ['files'], source: program(pipeline) } },
    sinks: {
      metrics: { type: 'prometheus_exporter', inputs: ['internal'], address: `0.0.0.0:${pipeline.metricsPort}` },
      ...Object.fromEntries(pipeline.sinks.map(sink => [`to_${sink.name.replace(/-/g, '_')}`, vectorSink(sink, pipeline)])),
    },
  };
}

function files(pipeline: Pipeline): Record<string, any> {
  const { multiline } = pipeline;
  return {
    type: 'file',
    // files are known by their first line, so a renamed one is read to its end
    include: readPaths(pipeline),
    exclude: unreadPaths(pipeline),
    read_from: 'beginning',
    glob_minimum_cooldown_ms: 500,
    max_line_bytes: pipeline.maxRecordBytes,
    multiline: multiline === undefined ? undefined : {
      mode: 'halt_before', start_pattern: dollars(multiline.pattern), condition_pattern: dollars(multiline.pattern), timeout_ms: 2000,
    },
  };
}

/** Lines that do not parse stay as they are. */
function program({ format, app }: Pipeline): string {
  const parse = {
    text: undefined,
    json: 'parse_json(string!(.message))',
    logfmt: 'parse_key_value(string!(.message))',
    regex: `parse_regex(string!(.message), r'${dollars(format._pattern ?? '').replace(/\\?'|\\[^]/g, found => found.endsWith('\'') ? '\\\'' : found)}')`,
  }[format._kind];
  return [
    'del(.source_type)',
    'del(.host)',
    ...parse === undefined ? [] : [
      `fields, err = ${parse}`,
      'if err == null && is_object(fields) {',
      '  del(.message)',
      '  . = merge(., object!(fields))',
      '}',
    ],
    `.app = ${JSON.stringify(app)}`,
    '.namespace = get_env_var!("POD_NAMESPACE")',
    '.pod = get_env_var!("POD_NAME")',
    '',
  ].join('\n');
}

/** Vector fills in variables wherever a dollar stands. */
function dollars(pattern: string): string {
  return pattern.replace(/\$/g, '$$$$');
}
