import { SINK_PROPS, SinkType } from './sink-type';
import type { LogSinkOptions } from '../log-sink-props';

/** The collector's own standard output. */
export const STDOUT: SinkType<LogSinkOptions> = { props: SINK_PROPS, strings: {}, egressPorts: () => [] };
