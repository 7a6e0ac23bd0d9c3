import type { SinkType } from './sink-type';
import { AT_URL, urlSinkProps } from './url';
import { OPTIONAL } from '../../checks/props';
import type { UrlLogSinkOptions } from '../log-sink-props';

/** Options of `LogSink.elasticsearch` and `LogSink.openSearch`. */
export interface ElasticsearchLogSinkOptions extends UrlLogSinkOptions {
  /**
   * The index. With Fluent Bit and Vector it can be a data stream too.
   *
   * @default 'logs'
   */
  readonly index?: string;
}

/** Elasticsearch, and OpenSearch, which has the same API. */
export const ELASTICSEARCH: SinkType<ElasticsearchLogSinkOptions> = {
  ...AT_URL,
  props: { ...urlSinkProps('basic'), index: OPTIONAL },
  strings: {
    index: {
      pattern: /^[a-z0-9][a-z0-9._-]{0,254}$/,
      characters: "lowercase letters, digits, '.', '_' and '-', starting with a letter or digit",
    },
  },
  credentials: ['basic'],
};
