import type { IConstruct } from 'constructs';
import type { DatabaseEndpoint } from './endpoint';
import { checkCidrs } from '../../checks/cidrs';
import { fail } from '../../checks/fail';
import { checkProps, OPTIONAL, PropTable, required } from '../../checks/props';
import { checkLabel, checkLabels, checkObjectName, checkPort, checkSecretKey } from '../../checks/values';

const ENDPOINT: PropTable<DatabaseEndpoint> = {
  name: required("'orders'"),
  type: required("'postgresql'"),
  host: required("'db.example.com'"),
  port: required('5432'),
  user: required("'app'"),
  secretName: required("'orders-credentials'"),
  passwordKey: required("'password'"),
  provider: OPTIONAL,
  database: OPTIONAL,
  usernameKey: OPTIONAL,
  urlSafe: OPTIONAL,
  uriScheme: OPTIONAL,
  uriQuery: OPTIONAL,
  caCertificate: OPTIONAL,
  namespace: OPTIONAL,
  podLabels: OPTIONAL,
  requiresNetworkPolicy: OPTIONAL,
  cidrs: OPTIONAL,
  waitImage: OPTIONAL,
  waitCommand: OPTIONAL,
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
