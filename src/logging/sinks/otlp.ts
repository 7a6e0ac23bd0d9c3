import type { SinkType } from './sink-type';
import { AT_URL, URL_SINK_PROPS } from './url';
import type { UrlLogSinkOptions } from '../log-sink-props';

export const OTLP: SinkType<UrlLogSinkOptions> = {
  ...AT_URL,
  props: URL_SINK_PROPS,
  strings: {},
  credentials: ['basic', 'bearer'],
};
