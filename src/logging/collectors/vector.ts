import { Duration } from 'cdk8s';
import { CollectorPreset, collectorResources } from './preset';
import { noSecret, remapProgram } from './vector-program';
import { component, SECRETS, SINKS, vectorSink } from './vector-sinks';
import { writeYaml } from '../../checks/yaml-library';
import { withDigest } from '../../facts/image-digests';
import { VECTOR } from '../../facts/images/collectors';
import { ANY_ADDRESS } from '../../facts/network';
import { oneLine } from '../expressions';
import {
  CONFIG_DIRECTORY,
  CREDENTIALS_DIRECTORY,
  Pipeline,
  readPaths,
  Sink,
  STATE_DIRECTORY,
  supportedSinks,
  unreadPaths,
} from '../pipeline';

/**
 * Vector. It reads the files once for each sink: records that a sink has not accepted yet wait in the log files.
 *
 * @see https://vector.dev/docs/
 */
export const vector: CollectorPreset = {
  name: 'vector',
  title: VECTOR.title,
  image: withDigest('docker.io/timberio/vector:0.57.0-distroless-libc'),
  // expands variables with the setting below, and reads credentials from files
  minimumVersion: '0.57.0',
  imageWithSleep: withDigest('docker.io/timberio/vector:0.57.0-alpine'),
  // Vector expands variables only with this setting
  env: { VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION: 'true' },
  args: flushSeconds => [
    '--config',
    `${CONFIG_DIRECTORY}/vector.yaml`,
    '--graceful-shutdown-limit-secs',
    String(flushSeconds - 2),
  ],
  resources: collectorResources(50, 256),
  healthPath: '/metrics',
  healthPort: 8686,
  metricsPort: 9598,
  metricsPath: '/metrics',
  lossMetrics: {
    lost: [
      { name: 'vector_component_discarded_events_total', labels: 'intentional="false"' },
      { name: 'vector_files_unwatched_total', labels: 'reached_eof="false"' },
    ],
    retried: [
      { name: 'vector_http_client_errors_total' },
      { name: 'vector_http_client_responses_total', labels: 'status!~"2.."' },
    ],
  },
  // reads a file that has not changed for ten seconds only every ten seconds
  lastLook: Duration.seconds(11),
  flush: Duration.seconds(20),
  buffersInLogFiles: true,
  credentialFiles: true,
  sinks: supportedSinks(SINKS),
  render: pipeline => ({ 'vector.yaml': literalSecrets(writeYaml(config(pipeline))) }),
};

function config(pipeline: Pipeline): Record<string, any> {
  const { sinks } = pipeline;
  const each = (prefix: string, render: (sink: Sink) => object) =>
    Object.fromEntries(sinks.map(sink => [component(prefix, sink), render(sink)]));
  const secrets = sinks.some(({ credentials }) => Object.values(credentials).some(({ file }) => file !== undefined));
  return {
    data_dir: STATE_DIRECTORY,
    // `timestamp` is a field of the app
    log_schema: { timestamp_key: '@timestamp' },
    secret: secrets
      ? {
          [SECRETS]: { type: 'directory', path: CREDENTIALS_DIRECTORY, remove_trailing_whitespace: false },
        }
      : undefined,
    sources: { ...each('read', () => files(pipeline)), internal: { type: 'internal_metrics' } },
    transforms: {
      nothing: { type: 'filter', inputs: ['internal'], condition: 'false' },
      ...each('records', sink => ({
        type: 'remap',
        inputs: [component('read', sink)],
        source: dollars(remapProgram(pipeline, sink)),
      })),
    },
    sinks: {
      // shows that Vector runs, and nothing else: its API has no authentication and streams all records
      health: { type: 'prometheus_exporter', inputs: ['nothing'], address: `[${ANY_ADDRESS}]:${pipeline.healthPort}` },
      metrics: {
        type: 'prometheus_exporter',
        inputs: ['internal'],
        address: `[${ANY_ADDRESS}]:${pipeline.metricsPort}`,
      },
      ...each('to', sink => vectorSink(sink, pipeline)),
    },
  };
}

function files(pipeline: Pipeline): Record<string, any> {
  return {
    type: 'file',
    // identifies files by their first line, so a renamed file is read to its end; rotated files come first
    include: readPaths(pipeline).reverse(),
    exclude: unreadPaths(pipeline),
    read_from: 'beginning',
    // rotation deletes the oldest file first
    oldest_first: true,
    max_read_bytes: 64 * 1024,
    glob_minimum_cooldown_ms: 500,
    // a deleted file uses space as long as it is open
    rotate_wait_secs: 5,
    max_line_bytes: pipeline.maxRecordBytes,
    file_key: '',
    host_key: '',
    multiline: multiline(pipeline),
  };
}

function multiline({ multiline: rule }: Pipeline): Record<string, any> | undefined {
  if (rule === undefined) {
    return undefined;
  }
  const pattern = dollars(noSecret(oneLine(rule.pattern, 'rust')));
  return rule.kind === 'start'
    ? { mode: 'halt_before', start_pattern: pattern, condition_pattern: pattern, timeout_ms: 2000 }
    : { mode: 'continue_through', start_pattern: '', condition_pattern: pattern, timeout_ms: 2000 };
}

/** Escapes dollars, because Vector expands variables everywhere in its configuration. */
function dollars(text: string): string {
  return text.replace(/\$/g, '$$$$');
}

/**
 * Moves references to credentials into block scalars. Vector replaces a reference in the text of its configuration, and
 * a block scalar accepts any credential without a line break.
 */
function literalSecrets(text: string): string {
  return text.replace(/^( *)(\w+): (SECRET\[.*\])$/gm, '$1$2: |2-\n$1  $3');
}
