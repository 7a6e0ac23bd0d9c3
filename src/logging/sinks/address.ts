import { quotedPath, refuse, SinkContext } from './sink-context';
import { fail } from '../../checks/fail';
import { trimEnd } from '../../checks/paths';

/** The parts of an address. */
export interface Address {
  /** The host name or the address, which has no brackets. */
  readonly host: string;
  readonly port: number;
  /** Starts with `/`, and ends with `/` only if it is the root. */
  readonly path: string;
}

/** Returns the parts of a URL; refuses a URL that exposes a credential or that contradicts `tls`. */
export function urlAddress(context: SinkContext, option: 'url' | 'endpoint', value: string, tls: boolean): Address {
  const url = parsedUrl(context, option, value);
  checkParts(context, option, url, value);
  checkScheme(context, option, url, value, tls);
  const port = url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    path: url.pathname.length > 1 ? trimEnd(url.pathname, '/') : '/',
  };
}

function parsedUrl(context: SinkContext, option: string, value: string): URL {
  try {
    return new URL(value);
  } catch {
    return refuse(context, option, value, ', which is not a URL', "Write it as 'https://host:port/path'.");
  }
}

function checkParts(context: SinkContext, option: string, url: URL, value: string): void {
  if (url.username || url.password || url.search || url.hash) {
    // the value stays out of the message, because it can contain a credential
    fail(
      context.scope,
      `${quotedPath(context, option)} contains a user, a password, a query or a fragment, which everyone who can ` +
        'read the ConfigMap would see.',
      "Remove it, and pass credentials with 'auth'.",
    );
  }
  if (url.pathname.includes('$')) {
    refuse(context, option, value, ", but collectors read '$' as a variable", "Write '%24' instead of '$'.");
  }
}

function checkScheme(context: SinkContext, option: string, { protocol }: URL, value: string, tls: boolean): void {
  if (protocol !== 'https:' && protocol !== 'http:') {
    refuse(context, option, value, ', which is neither HTTPS nor HTTP', "Start it with 'https://'.");
  }
  if (protocol === 'http:' && tls) {
    refuse(
      context,
      option,
      value,
      ', which is not encrypted',
      "Use 'https://', or set 'tls: LogTls.off(reason)' with the reason.",
    );
  }
  if (protocol === 'https:' && !tls) {
    refuse(
      context,
      option,
      value,
      ", but 'tls' is 'LogTls.off'",
      "Omit 'tls' to encrypt the connection, or use 'http://'.",
    );
  }
}
