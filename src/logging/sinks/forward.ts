import { refuse, quotedPath, SinkContext } from './sink-context';
import { networkPorts, networkSinkProps, SinkType } from './sink-type';
import { isAddress } from '../../checks/ip-address';
import { OPTIONAL, required } from '../../checks/props';
import { checkPort } from '../../checks/values';
import type { NetworkLogSinkOptions } from '../log-sink-props';

/** Options of `LogSink.forward`. */
export interface ForwardLogSinkOptions extends NetworkLogSinkOptions {
  /** The host name or the address, without brackets. */
  readonly host: string;

  /**
   * The port.
   *
   * @default 24224
   */
  readonly port?: number;
}

export const FORWARD: SinkType<ForwardLogSinkOptions> = {
  props: { ...networkSinkProps('sharedKey'), host: required('"fluentd.example.com"'), port: OPTIONAL },
  strings: {},
  credentials: ['sharedKey'],
  address: ({ host, port = 24224 }, context) => ({
    host: checkHost(context, host),
    port: checkPort(context.scope, quotedPath(context, 'port'), port),
    path: '/',
  }),
  egressPorts: networkPorts,
};

function checkHost(context: SinkContext, host: string): string {
  return /^[-A-Za-z0-9.]+$/.test(host) || isAddress(host)
    ? host
    : refuse(
        context,
        'host',
        host,
        ', which is not a host name or an address',
        'Write it without a scheme, a port or a path.',
      );
}
