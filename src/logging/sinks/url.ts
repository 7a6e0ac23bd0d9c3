import { urlAddress } from './address';
import { NETWORK_SINK_PROPS, networkPorts, Presence, SinkType } from './sink-type';
import type { UrlLogSinkOptions } from '../log-sink-props';

export const URL_SINK_PROPS: Presence<UrlLogSinkOptions> = { ...NETWORK_SINK_PROPS, url: 'required' };

/** The part that all sinks at a URL share. */
export const AT_URL: Pick<SinkType<UrlLogSinkOptions>, 'address' | 'egressPorts'> = {
  address: ({ url }, context, tls) => urlAddress(context, 'url', url, tls),
  egressPorts: networkPorts,
};
