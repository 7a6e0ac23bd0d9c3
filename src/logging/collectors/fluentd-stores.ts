import { OUTPUTS } from './fluentd-outputs';
import type { Section } from './fluentd-syntax';
import { kibibytes } from '../../checks/values';
import { Pipeline, renderSink, Sink, sinkDirectory } from '../pipeline';

/** A store that gets a copy of each record, and the label of a sink that retries single records. */
interface FluentdStore {
  readonly store: Section;
  readonly label?: Section;
}

/** Returns the store of a sink, with its own buffer on disk. */
export function fluentdStore(sink: Sink, pipeline: Pipeline): FluentdStore {
  const { type, parameters, sections = [] } = renderSink(OUTPUTS, sink, pipeline);
  const plugin = {
    parameters: { '@type': type, '@id': `sink_${sink.name}`, ...parameters },
    // stdout never waits
    sections: [...sections, ...(sink.kind === 'stdout' ? [] : [buffer(sink, pipeline.maxRecordBytes)])],
  };
  // an error of one sink does not affect the others
  const store = { name: 'store', argument: 'ignore_error' };
  if (sink.kind !== 'elasticsearch' && sink.kind !== 'opensearch') {
    return { store: { ...store, ...plugin } };
  }
  // records that the server is too busy for are emitted again: with a label only this sink receives them twice
  const label = `@sink_${sink.name}`;
  return {
    store: { ...store, parameters: { '@type': 'relabel', '@id': `to_${sink.name}`, '@label': label } },
    label: { name: 'label', argument: label, parameters: {}, sections: [{ name: 'match', argument: '**', ...plugin }] },
  };
}

/** The size of all fields of a record except its text. */
const OTHER_FIELDS_KIBIBYTES = 64;

/** Sinks whose chunks are JSON. JSON escapes each quote and each backslash of the text. */
const ESCAPED: readonly string[] = ['http', 's3'];

function chunkKibibytes(sink: Sink, maxRecordBytes: number): number {
  const record = Math.ceil(maxRecordBytes / 1024) * (ESCAPED.includes(sink.kind) ? 2 : 1) + OTHER_FIELDS_KIBIBYTES;
  return Math.min(Math.max(1024, record), kibibytes(sink.buffer!));
}

function buffer(sink: Sink, maxRecordBytes: number): Section {
  return {
    name: 'buffer',
    argument: sink.kind === 's3' ? 'time' : undefined,
    parameters: {
      '@type': 'file',
      'path': sinkDirectory(sink),
      // a record that does not fit into a chunk is dropped
      'chunk_limit_size': `${chunkKibibytes(sink, maxRecordBytes)}k`,
      'total_limit_size': `${kibibytes(sink.buffer!)}k`,
      // waiting chunks keep growing: thousands of small files would use more space than the limit counts
      'queued_chunks_limit_size': 64,
      // the app never waits: a full buffer drops its oldest chunk
      'overflow_action': 'drop_oldest_chunk',
      // the backup would be written to the read-only /tmp, and the error would stop the sink
      'disable_chunk_backup': true,
      'flush_at_shutdown': true,
      ...(sink.kind === 's3'
        ? { timekey: 300, timekey_wait: 10, timekey_use_utc: true }
        : { flush_mode: 'interval', flush_interval: '1s', flush_thread_count: 2 }),
      'retry_type': 'exponential_backoff',
      'retry_max_interval': '5s',
      'retry_forever': true,
    },
  };
}
