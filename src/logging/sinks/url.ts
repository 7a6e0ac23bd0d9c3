import { urlAddress } from './address';
import { networkPorts, networkSinkProps, SinkType } from './sink-type';
import { PropTable, required } from '../../checks/props';
import type { CredentialKind } from '../log-auth';
import type { UrlLogSinkOptions } from '../log-sink-props';

/** Returns the props of a sink at a URL, with the credential that messages show as an example. */
export function urlSinkProps(credential: CredentialKind): PropTable<UrlLogSinkOptions> {
  return { ...networkSinkProps(credential), url: required('"https://logs.example.com:3100"') };
}

/** The part that all sinks at a URL share. */
export const AT_URL: Pick<SinkType<UrlLogSinkOptions>, 'address' | 'egressPorts'> = {
  address: ({ url }, context, tls) => urlAddress(context, 'url', url, tls),
  egressPorts: networkPorts,
};
