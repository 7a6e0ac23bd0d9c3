import type { IConstruct } from 'constructs';
import type { DatabaseEndpoint } from './endpoint';
import { checkCidrs } from '../../checks/cidrs';
import { fail } from '../../checks/fail';
import { isAddress } from '../../checks/ip-address';
import { checkProps, PropTable, required, optional } from '../../checks/props';
import { checkLabel, checkLabels, checkObjectName, checkPort, checkSecretKey } from '../../checks/values';

const ENDPOINT: PropTable<DatabaseEndpoint> = {
  name: required("'orders'", 'string'),
  type: required("'postgresql'", 'string'),
  host: required("'db.example.com'", 'string'),
  port: required('5432', 'number'),
  user: required("'app'", 'string'),
  secretName: required("'orders-credentials'", 'string'),
  passwordKey: required("'password'", 'string'),
  provider: optional('string'),
  database: optional('string'),
  usernameKey: optional('string'),
  urlSafe: optional('boolean'),
  uriScheme: optional('string'),
  uriQuery: optional('string'),
  caCertificate: optional('CaCertificate'),
  namespace: optional('string'),
  podLabels: optional('string{}'),
  requiresNetworkPolicy: optional('boolean'),
  cidrs: optional('string[]'),
  waitImage: optional('string'),
  waitCommand: optional('string[]'),
};

/** Refuses an endpoint that a client cannot use. Users can implement `IDatabase` with a custom endpoint. */
export function checkEndpoint(scope: IConstruct, endpoint: DatabaseEndpoint): void {
  checkProps(scope, endpoint, ENDPOINT, 'the endpoint');
  const { port, secretName, passwordKey, usernameKey, namespace, podLabels, waitCommand } = endpoint;
  checkPort(scope, "'port' of the endpoint", port);
  checkObjectName(scope, "'secretName' of the endpoint", secretName);
  checkSecretKey(scope, passwordKey);
  if (usernameKey !== undefined) {
    checkSecretKey(scope, usernameKey);
  }
  checkScheme(scope, endpoint);
  checkHost(scope, endpoint);
  checkName(scope, 'user', endpoint.user);
  checkName(scope, 'database', endpoint.database);
  if (namespace !== undefined) {
    checkLabel(scope, "'namespace' of the endpoint", namespace);
  }
  if (podLabels && Object.keys(podLabels).length === 0) {
    fail(
      scope,
      "'podLabels' of the endpoint is empty, which selects all pods in the namespace.",
      'Add the labels of the database pods or omit the prop.',
    );
  }
  checkLabels(scope, "'podLabels' of the endpoint", podLabels);
  checkCidrs(scope, "'cidrs' of the endpoint", endpoint.cidrs);
  endpoint.caCertificate?._check(scope, "'caCertificate'");
  if (waitCommand?.length === 0) {
    fail(scope, "'waitCommand' is empty.", 'Add a program or omit the prop.');
  }
}

function checkScheme(scope: IConstruct, { type, uriScheme }: DatabaseEndpoint): void {
  const [prop, scheme] = uriScheme === undefined ? ['type', type] : ['uriScheme', uriScheme];
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) {
    fail(
      scope,
      `'${prop}' of the database is '${scheme}', which is not a valid scheme of a URL.`,
      "Use letters, digits, '+', '-' and '.', for example 'postgresql'.",
    );
  }
}

function checkHost(scope: IConstruct, { host }: DatabaseEndpoint): void {
  if (!/^[A-Za-z0-9][-.\w]*$/.test(host) && !isAddress(host)) {
    fail(
      scope,
      `'host' of the endpoint is '${host}', which is neither a host name nor an IP address.`,
      "Use one, for example 'db.example.com'. The port is the prop 'port'.",
    );
  }
}

/** Refuses a name that does not fit into a variable, a file of one line, or a URL. */
function checkName(scope: IConstruct, prop: 'user' | 'database', name?: string): void {
  if (name !== undefined && (name === '' || name.length > 255 || /\p{Cc}|\p{Cs}/u.test(name))) {
    fail(
      scope,
      `'${prop}' is ${JSON.stringify(name)}, which is empty, too long, or contains a control character.`,
      'Use a name of at most 255 characters without line breaks.',
    );
  }
}
