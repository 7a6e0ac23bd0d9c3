import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { checkReason } from '../../checks/reason';
import { CredentialKind, LogAuth, LogTls } from '../log-auth';
import type { NetworkLogSinkOptions } from '../log-sink-props';
import { quotedPath, SinkContext } from '../sinks/sink-context';
import { SINK_TYPES, SinkKind } from '../sinks/sink-types';

/** The connection of a collector to a sink. */
export interface Connection {
  readonly auth: LogAuth;
  readonly tls: LogTls;
}

/** Stands for a sink without a network, or one whose connection the user configures. */
const NOT_CONFIGURED: Connection = {
  auth: LogAuth.none('this library configures no connection'),
  tls: LogTls.on(),
};

/** Returns the connection to a sink; refuses a credential that the sink does not accept. */
export function connectionOf(context: SinkContext, kind: SinkKind, options: object): Connection {
  const { credentials } = SINK_TYPES[kind];
  if (credentials === undefined) {
    return NOT_CONFIGURED;
  }
  const { auth, tls = LogTls.on() } = options as NetworkLogSinkOptions;
  if (auth._kind !== 'none' && !credentials.includes(auth._kind)) {
    fail(
      context.scope,
      `${quotedPath(context, 'auth')} is 'LogAuth.${auth._kind}', which sinks of the kind '${kind}' do not accept.`,
      `Use ${factories(credentials)}.`,
    );
  }
  checkReasons(context, { auth, tls });
  return { auth, tls };
}

function checkReasons(context: SinkContext, { auth, tls }: Connection): void {
  const reasons = { auth: auth.reason, tls: tls.reason };
  for (const [option, reason] of Object.entries(reasons)) {
    if (reason !== undefined) {
      checkReason(context.scope, quotedPath(context, option), reason);
    }
  }
}

function factories(credentials: readonly CredentialKind[]): string {
  return listed(
    credentials.map(credential => `LogAuth.${credential}`),
    'or',
  );
}
