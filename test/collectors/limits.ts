import type { Result } from './rig/result';

/** What a program cannot do better, so that lines are lost, doubled or changed whatever its settings are. */
export interface Limit {
  readonly collector: string;
  /** Names of sinks; any where none is given. */
  readonly sinks?: readonly string[];
  readonly scenarios: readonly string[];
  /** What is the limit, as the page says it. */
  readonly says: string;
}

export const LIMITS: readonly Limit[] = [
  {
    collector: 'fluentd',
    scenarios: ['inode-reuse'],
    says:
      'Fluentd knows a file by its inode alone. After a crash it does not read a new file that got the inode of a ' +
      'deleted one. Keep more files.',
  },
  {
    collector: 'fluentd',
    scenarios: ['quick-rotations'],
    says:
      'When files are rotated more often than once a second, Fluentd sends lines at the turn twice, and can miss ' +
      'a new file that got the inode of a deleted one.',
  },
  {
    collector: 'fluentd',
    sinks: ['s3'],
    scenarios: ['hanging'],
    says: 'While an upload to S3 hangs, Fluentd does not end by itself, but is killed at the end of the grace period.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['s3'],
    scenarios: ['hanging'],
    says:
      'While an upload to S3 hangs, Fluent Bit does not end by itself, but is killed at the end of the grace ' +
      'period.',
  },
  {
    collector: 'fluentd',
    scenarios: ['sigkill-traces'],
    says: 'After a crash, the record of several lines that was being put together is lost: its lines count as read.',
  },
  {
    collector: 'fluent-bit',
    scenarios: ['sigkill-traces'],
    says: 'After a crash, the record of several lines that was being put together is lost: its lines count as read.',
  },
  {
    collector: 'fluent-bit',
    scenarios: ['restart'],
    says:
      'When Fluent Bit ends, it forgets how far it has read in renamed files, and sends them again after a ' +
      'restart of its container.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['http', 'http-tls', 'otlp'],
    scenarios: ['status-401', 'status-404'],
    says: 'Fluent Bit drops and counts what these sinks answer with 4xx other than 408 and 429.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['otlp'],
    scenarios: ['status-500'],
    says:
      'Fluent Bit drops and counts what an OTLP sink answers with 500. It sends again after 429, 502, 503 and ' +
      '504, as OTLP has it.',
  },
  {
    collector: 'fluent-bit',
    sinks: ['otlp'],
    scenarios: ['special'],
    says: 'A NUL character becomes U+FFFD.',
  },
  {
    collector: 'vector',
    scenarios: ['quick-rotations'],
    says:
      'Vector opens a file a moment after it has looked which one it is. When files are rotated more often than ' +
      'once a second, lines at the turn can be lost.',
  },
  {
    collector: 'vector',
    sinks: ['elasticsearch', 'opensearch'],
    scenarios: ['status-401', 'status-404'],
    says: 'Vector drops and counts what Elasticsearch and OpenSearch answer with 4xx other than 429.',
  },
  {
    collector: 'vector',
    sinks: ['s3'],
    scenarios: ['inode-reuse'],
    says:
      'An object for S3 is put together for up to a minute, in which its lines are only in their files. Files ' +
      'that are deleted in that minute while Vector is down are lost.',
  },
  {
    collector: 'vector',
    sinks: ['kafka', 'kafka-tls'],
    scenarios: ['status-401'],
    says: 'What a broker refuses for want of a permission is dropped and counted.',
  },
  {
    collector: 'vector',
    sinks: ['kafka', 'kafka-tls'],
    scenarios: ['long-lines'],
    says: "A record above the broker's 'message.max.bytes' is dropped and counted.",
  },
  {
    collector: 'otel-collector',
    sinks: ['otlp', 'loki'],
    scenarios: ['status-401', 'status-404', 'status-500'],
    says:
      'The OpenTelemetry Collector drops and counts what a sink answers with 4xx other than 429, and with 500. It ' +
      'sends again after 429, 502, 503 and 504, as OTLP has it.',
  },
  {
    collector: 'otel-collector',
    scenarios: ['long-lines'],
    says: "A record above 'maxRecordSize' is split, and nothing of it is left out.",
  },
];

/** The limit that a cell shows, with its number on the page. */
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
