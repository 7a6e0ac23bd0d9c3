import type { SinkType } from './sink-type';
import { AT_URL, urlSinkProps } from './url';
import type { UrlLogSinkOptions } from '../log-sink-props';

export const OTLP: SinkType<UrlLogSinkOptions> = {
  ...AT_URL,
  props: urlSinkProps('bearer'),
  strings: {},
  credentials: ['basic', 'bearer'],
};
