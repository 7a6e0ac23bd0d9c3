import type { Address } from './address';
import type { SinkContext } from './sink-context';
import type { StringRule } from './strings';
import { OPTIONAL, PropTable, required, optional } from '../../checks/props';
import type { CredentialKind, SecretKey } from '../log-auth';
import type { LogSinkOptions, NetworkLogSinkOptions } from '../log-sink-props';

/** Strings that are checked as a name or an address. */
type Checked = 'name' | 'url' | 'host' | 'endpoint';

/** The rules of all other strings of a struct. The compiler asks for each prop. */
type StringRules<Props> = {
  readonly [K in Exclude<keyof Props, Checked> as NonNullable<Props[K]> extends string ? K : never]-?: StringRule;
};

/** The facts of a kind of sink that do not depend on the collector. */
export interface SinkType<Options extends LogSinkOptions> {
  readonly props: PropTable<Options>;
  readonly strings: StringRules<Options>;
  /** The credentials that the sink accepts; omitted if this library configures no connection. */
  readonly credentials?: readonly CredentialKind[];
  /** Returns the address in the options; refuses one that collectors cannot use. */
  address?(options: Options, context: SinkContext, tls: boolean): Address | undefined;
  /** Returns the ports that the network policy must open. */
  egressPorts(options: Options, address?: Address): readonly number[];
  /** Returns variables that the user reads from Secrets. */
  env?(options: Options): Record<string, SecretKey>;
  /** Refuses values that neither `strings` nor `address` covers. */
  check?(options: Options, context: SinkContext): void;
}

export const SINK_PROPS: PropTable<LogSinkOptions> = { name: optional('string'), bufferSize: optional('Size') };

/** Returns the props of a sink on the network, with the credential that messages show as an example. */
export function networkSinkProps(credential: CredentialKind): PropTable<NetworkLogSinkOptions> {
  return {
    ...SINK_PROPS,
    auth: required(`LogAuth.${credential}({ secret: SecretSource.fromName("log-sink") })`),
    tls: OPTIONAL,
    egressPorts: OPTIONAL,
  };
}

/** The port of the address unless the user names the ports. */
export function networkPorts({ egressPorts }: NetworkLogSinkOptions, address?: Address): readonly number[] {
  return egressPorts ?? [address?.port ?? 443];
}
