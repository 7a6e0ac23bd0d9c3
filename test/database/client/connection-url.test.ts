import { App, Chart } from 'cdk8s';
import { DatabaseEndpoint } from '../../../src';
import { connectionUrl, hostPort, jdbcUrl, UrlOptions } from '../../../src/database/client/connection-url';

const SCOPE = new Chart(new App(), 'test');
const ENDPOINT: DatabaseEndpoint = {
  name: 'orders',
  type: 'postgresql',
  host: 'db.example.com',
  port: 5432,
  user: 'app',
  database: 'app',
  secretName: 'orders-db',
  passwordKey: 'password',
};
const CREDENTIALS = { user: 'app', password: '$(PASSWORD)' };

const url = (options: UrlOptions, endpoint: Partial<DatabaseEndpoint> = {}, certificate?: string) =>
  connectionUrl(SCOPE, { ...ENDPOINT, ...endpoint }, options, CREDENTIALS, certificate);

const jdbc = (options: UrlOptions, endpoint: Partial<DatabaseEndpoint> = {}, certificate?: string) =>
  jdbcUrl(SCOPE, { ...ENDPOINT, ...endpoint }, options, certificate);

test('a URL has the scheme, database and query of the engine', () => {
  expect(url({}, { type: 'mongodb', uriScheme: 'mongodb+srv', uriQuery: 'authSource=admin' })).toBe(
    'mongodb+srv://app:$(PASSWORD)@db.example.com:5432/app?authSource=admin',
  );
  expect(url({}, { type: 'redis', database: undefined })).toBe('redis://app:$(PASSWORD)@db.example.com:5432');
});

test('a URL has the scheme and database that the app expects, and both queries', () => {
  expect(url({ urlScheme: 'redis+tls', urlDatabase: '1', urlQuery: 'c=d' }, { uriQuery: 'a=b' })).toBe(
    'redis+tls://app:$(PASSWORD)@db.example.com:5432/1?a=b&c=d',
  );
});

test('a query contains the path of the certificate', () => {
  expect(url({ urlQuery: 'sslrootcert={caCertificate}' }, {}, '/run/ca.crt')).toMatch(/\?sslrootcert=\/run\/ca\.crt$/);
});

test('brackets enclose an IPv6 address', () => {
  expect(hostPort({ ...ENDPOINT, host: 'fd00::1' })).toBe('[fd00::1]:5432');
});

test('a JDBC URL has no credentials', () => {
  expect(jdbc({})).toBe('jdbc:postgresql://db.example.com:5432/app');
  expect(jdbc({ urlDatabase: 'shop', urlQuery: 'a=b' }, { type: 'mysql' })).toBe(
    'jdbc:mysql://db.example.com:5432/shop?a=b',
  );
});

test('a JDBC URL verifies the server by its certificate', () => {
  expect(jdbc({}, { type: 'mysql', provider: 'mariadb' }, '/run/ca.crt')).toBe(
    'jdbc:mariadb://db.example.com:5432/app?sslMode=verify-full&serverSslCert=/run/ca.crt',
  );
  expect(jdbc({ urlQuery: 'sslMode=VERIFY_IDENTITY' }, { type: 'mysql' }, '/run/ca.crt')).toBe(
    'jdbc:mysql://db.example.com:5432/app?sslMode=VERIFY_IDENTITY',
  );
});

test.each<[string, () => string, string]>([
  [
    'a driver that cannot read the certificate',
    () => jdbc({}, { type: 'mysql' }, '/run/ca.crt'),
    "'jdbcUrl' is set, but the driver of mysql cannot read the CA certificate of 'orders' as a file of PEM. Set " +
      "'urlQuery' to the parameters of its trust store, for example 'sslMode=VERIFY_IDENTITY'.",
  ],
  [
    'a JDBC URL of Valkey',
    () => jdbc({}, { type: 'redis', provider: 'valkey' }),
    "'jdbcUrl' is set, but valkey has no URLs of JDBC. Use 'host' and 'port', or 'url'.",
  ],
  [
    'a certificate that the database does not have',
    () => url({ urlQuery: 'sslrootcert={caCertificate}' }),
    "'urlQuery' contains '{caCertificate}', but the database has no CA certificate. Remove it, or set " +
      "'caCertificate' of the database.",
  ],
  [
    'a query with a question mark',
    () => url({ urlQuery: '?a=b' }),
    "'urlQuery' is '?a=b', which is not the query of a URL. Use the form 'name=value&name=value'.",
  ],
  [
    'an invalid scheme',
    () => url({ urlScheme: 'my sql' }),
    "'urlScheme' is 'my sql', which is not a valid scheme of a URL.",
  ],
])('refuses %s', (_, call, error) => expect(call).toThrow(`[test] ${error}`));
