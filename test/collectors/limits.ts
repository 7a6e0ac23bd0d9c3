import type { Result } from './rig/result';

/** A limit of a program, because of which lines are lost, duplicated or changed with any settings. */
export interface Limit {
  readonly collector: string;
  /** The names of the affected sinks; all sinks if it is omitted. */
  readonly sinks?: readonly string[];
  readonly scenarios: readonly string[];
  /** The description on the page. */
  readonly description: string;
}

export const LIMITS: readonly Limit[] = [
  {
    collector: 'fluentd',
    scenarios: ['inode-reuse'],
    description:
      'Fluentd identifies a file only by its inode. After a crash it does not read a new file with the inode of a ' +
      'deleted file. Keep more files.',
  },
  {
    collector: 'fluentd',
    scenarios: ['quick-rotations'],
    description:
      'If files are rotated more often than once per second, Fluentd sends some lines twice, and can miss a new file ' +
      'with the inode of a deleted file.',
  },
  {
    collector: 'fluentd',
    sinks: ['s3'],
    scenarios: ['hanging'],
    description: 'While an upload to S3 hangs, Fluentd does not exit, and is killed at the end of the grace period.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['s3'],
    scenarios: ['hanging'],
    description: 'While an upload to S3 hangs, Fluent Bit does not exit, and is killed at the end of the grace period.',
  },
  {
    collector: 'fluentd',
    scenarios: ['sigkill-traces'],
    description: 'A crash loses the record of several lines that is being read, because its offset is already saved.',
  },
  {
    collector: 'fluent-bit',
    scenarios: ['sigkill-traces'],
    description: 'A crash loses the record of several lines that is being read, because its offset is already saved.',
  },
  {
    collector: 'fluent-bit',
    scenarios: ['restart'],
    description:
      'When Fluent Bit exits, it deletes the offsets of renamed files, and sends these files again after a restart ' +
      'of its container.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['http', 'http-tls', 'otlp'],
    scenarios: ['status-401', 'status-404'],
    description: 'Fluent Bit drops and counts records that these sinks reject with 4xx other than 408 and 429.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['otlp'],
    scenarios: ['status-500'],
    description:
      'Fluent Bit drops and counts records that an OTLP sink rejects with 500. It retries after 429, 502, 503 and ' +
      '504, as the OTLP specification requires.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['otlp'],
    scenarios: ['special'],
    description: 'A NUL character becomes U+FFFD.',
  },
  {
    collector: 'vector',
    scenarios: ['quick-rotations'],
    description:
      'Vector identifies a file before it opens it. If files are rotated more often than once per second, it can ' +
      'lose lines.',
  },
  {
    collector: 'vector',
    sinks: ['elasticsearch', 'opensearch'],
    scenarios: ['status-401', 'status-404'],
    description: 'Vector drops and counts records that Elasticsearch and OpenSearch reject with 4xx other than 429.',
  },
  {
    collector: 'vector',
    sinks: ['s3'],
    scenarios: ['inode-reuse'],
    description:
      'Vector collects an object for S3 for up to a minute. Until then, its lines are only in their files. Files ' +
      'that are deleted in that minute while Vector is down are lost.',
  },
  {
    collector: 'vector',
    sinks: ['kafka', 'kafka-tls'],
    scenarios: ['status-401'],
    description: 'Records that a broker rejects because of a missing permission are dropped and counted.',
  },
  {
    collector: 'vector',
    sinks: ['kafka', 'kafka-tls'],
    scenarios: ['long-lines'],
    description: "A record above the broker's 'message.max.bytes' is dropped and counted.",
  },
  {
    collector: 'otel-collector',
    sinks: ['otlp', 'loki'],
    scenarios: ['status-401', 'status-404', 'status-500'],
    description:
      'The OpenTelemetry Collector drops and counts records that a sink rejects with 500, and with 4xx other than ' +
      '429. It retries after 429, 502, 503 and 504, as the OTLP specification requires.',
  },
  {
    collector: 'otel-collector',
    scenarios: ['long-lines'],
    description: "A record above 'maxRecordSize' is split, and no part of it is lost.",
  },
];

/** Returns the number on the page of the limit that explains a result. */
export function limitOf({ collector, sink, scenario, failed, outOfMemory }: Result): number | undefined {
  if (failed !== undefined || outOfMemory) {
    return undefined;
  }
  const found = LIMITS.findIndex(
    limit =>
      limit.collector === collector &&
      limit.scenarios.includes(scenario) &&
      (limit.sinks === undefined || limit.sinks.includes(sink)),
  );
  return found < 0 ? undefined : found + 1;
}
