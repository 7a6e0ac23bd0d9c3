import { OPTIONAL, PropTable } from '../../checks/props';

/**
 * Options of environment variables with the connection settings.
 *
 * With a prefix, an app gets all settings. Without a prefix, it gets the settings whose variables you name, and no
 * others. Without any option, the prefix is the name of the database in uppercase.
 */
export interface VariablesBindingOptions {
  /**
   * The prefix of the names: `ORDERS` for `ORDERS_HOST`, `_PORT`, `_USER`, `_PASSWORD` and `_DATABASE`. Variables that
   * you name in addition replace those with the prefix.
   *
   * @default - the name of the database in uppercase; none if you name a variable
   */
  readonly prefix?: string;

  /**
   * The name of the variable with the host name.
   *
   * @default - `HOST` with the prefix, if there is one
   */
  readonly host?: string;

  /**
   * The name of the variable with the port.
   *
   * @default - `PORT` with the prefix, if there is one
   */
  readonly port?: string;

  /**
   * The name of the variable with the host name and the port, separated by a colon.
   *
   * @default - no variable
   */
  readonly hostPort?: string;

  /**
   * The name of the variable with the user name.
   *
   * @default - `USER` with the prefix, if there is one
   */
  readonly user?: string;

  /**
   * The name of the variable with the password.
   *
   * @default - `PASSWORD` with the prefix, if there is one
   */
  readonly password?: string;

  /**
   * The name of the variable with the name of the database.
   *
   * @default - `DATABASE` with the prefix, if there is one and the database has a name
   */
  readonly database?: string;

  /**
   * The name of the variable with the path of the CA certificate.
   *
   * @default - `CA_CERTIFICATE` with the prefix, if there is one and the database has a certificate
   */
  readonly caCertificate?: string;

  /**
   * The name of the variable with a URL, such as `DATABASE_URL`. Only for credentials that need no encoding in a URL.
   * The URL refers to the variable of the password; if you do not name one, its name is that of the URL with
   * `_PASSWORD`.
   *
   * @default - no variable
   */
  readonly url?: string;

  /**
   * The name of the variable with a JDBC URL, which does not contain credentials. With a CA certificate, the URL makes
   * the drivers of PostgreSQL and MariaDB verify the server.
   *
   * @default - no variable
   */
  readonly jdbcUrl?: string;

  /**
   * The scheme of `url`, if the library of the app expects another one than usual: `mysql2` for Rails.
   *
   * @default - the scheme of the engine
   */
  readonly urlScheme?: string;

  /**
   * The path of the URLs: the name of a database, or the number of a database of Redis.
   *
   * @default - the name of the database
   */
  readonly urlDatabase?: string;

  /**
   * The query of the URLs, without `?`. `{caCertificate}` stands for the path of the CA certificate.
   *
   * @default - the query of the engine
   */
  readonly urlQuery?: string;
}

export const VARIABLES_BINDING: PropTable<VariablesBindingOptions> = {
  prefix: OPTIONAL,
  host: OPTIONAL,
  port: OPTIONAL,
  hostPort: OPTIONAL,
  user: OPTIONAL,
  password: OPTIONAL,
  database: OPTIONAL,
  caCertificate: OPTIONAL,
  url: OPTIONAL,
  jdbcUrl: OPTIONAL,
  urlScheme: OPTIONAL,
  urlDatabase: OPTIONAL,
  urlQuery: OPTIONAL,
};
