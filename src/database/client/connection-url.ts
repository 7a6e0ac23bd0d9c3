import type { IConstruct } from 'constructs';
import type { DatabaseEndpoint } from './endpoint';
import type { VariablesBindingOptions } from './variables-binding-options';
import { fail } from '../../checks/fail';

/** The parameters with which a JDBC driver verifies the server by a certificate in a PEM file. */
const JDBC_TLS: Readonly<Record<string, string>> = {
  postgresql: 'sslmode=verify-full&sslrootcert={caCertificate}',
  mariadb: 'sslMode=verify-full&serverSslCert={caCertificate}',
};

/** The protocols without a JDBC driver that accepts the usual form of URLs. */
const WITHOUT_JDBC: readonly string[] = ['mongodb', 'redis'];

/** The options of URLs. */
export type UrlOptions = Pick<VariablesBindingOptions, 'urlScheme' | 'urlDatabase' | 'urlQuery'>;

/** The user name and the password as in a URL: references to variables, or an encoded literal. */
export interface UrlCredentials {
  readonly user: string;
  readonly password: string;
}

/** Returns a URL with credentials. */
export function connectionUrl(
  scope: IConstruct,
  endpoint: DatabaseEndpoint,
  options: UrlOptions,
  { user, password }: UrlCredentials,
  certificatePath?: string,
): string {
  const { type, uriScheme = type, uriQuery } = endpoint;
  const scheme = options.urlScheme ?? uriScheme;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) {
    fail(
      scope,
      `'urlScheme' is '${scheme}', which is not a valid scheme of a URL.`,
      "Use letters, digits, '+', '-' and '.', for example 'mysql2'.",
    );
  }
  const query = [uriQuery, filledQuery(scope, options.urlQuery, certificatePath)].filter(Boolean).join('&');
  return `${scheme}://${user}:${password}@${hostPort(endpoint)}${path(endpoint, options)}${query && `?${query}`}`;
}

/** Returns a JDBC URL without credentials, which drivers accept separately. */
export function jdbcUrl(
  scope: IConstruct,
  endpoint: DatabaseEndpoint,
  options: UrlOptions,
  certificatePath?: string,
): string {
  const { type, provider = type } = endpoint;
  if (WITHOUT_JDBC.includes(type)) {
    fail(scope, `'jdbcUrl' is set, but ${provider} has no URLs of JDBC.`, "Use 'host' and 'port', or 'url'.");
  }
  const tls = certificatePath === undefined ? '' : jdbcTls(scope, endpoint.name, provider, options);
  const query = filledQuery(scope, options.urlQuery ?? tls, certificatePath);
  return `jdbc:${provider}://${hostPort(endpoint)}${path(endpoint, options)}${query && `?${query}`}`;
}

/** Returns the host and the port, separated by a colon. */
export function hostPort({ host, port }: DatabaseEndpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function path({ database }: DatabaseEndpoint, { urlDatabase }: UrlOptions): string {
  const name = urlDatabase ?? database;
  return name === undefined ? '' : `/${encodeURIComponent(name)}`;
}

function jdbcTls(scope: IConstruct, name: string, driver: string, { urlQuery }: UrlOptions): string {
  return (
    JDBC_TLS[driver] ??
    urlQuery ??
    fail(
      scope,
      `'jdbcUrl' is set, but the driver of ${driver} cannot read the CA certificate of '${name}' as a file of PEM.`,
      "Set 'urlQuery' to the parameters of its trust store, for example 'sslMode=VERIFY_IDENTITY'.",
    )
  );
}

function filledQuery(scope: IConstruct, query = '', certificatePath?: string): string {
  if (/^\?|[\s#]/.test(query)) {
    fail(scope, `'urlQuery' is '${query}', which is not the query of a URL.`, "Use the form 'name=value&name=value'.");
  }
  return query.replaceAll(
    '{caCertificate}',
    () =>
      certificatePath ??
      fail(
        scope,
        "'urlQuery' contains '{caCertificate}', but the database has no CA certificate.",
        "Remove it, or set 'caCertificate' of the database.",
      ),
  );
}
