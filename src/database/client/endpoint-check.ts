import { isIP, isIPv6 } from 'net';
import type { IConstruct } from 'constructs';
import type { CertificateSource, DatabaseEndpoint } from './endpoint';
import { fail } from '../../checks/fail';
import { checkLabel, checkLabels, checkObjectName, checkPort, checkSecretKey, isConfigKey } from '../../checks/values';

/** Refuses what a client cannot be told of a database, which may be one of the user's own making. */
export function checkEndpoint(scope: IConstruct, endpoint: DatabaseEndpoint): void {
  const {
    port,
    secretName,
    passwordKey,
    usernameKey = passwordKey,
    type,
    uriScheme = type,
    namespace,
    podLabels,
    waitCommand,
  } = endpoint;
  checkPort(scope, "the database's port", port);
  checkObjectName(scope, 'the Secret of the database', secretName);
  [passwordKey, usernameKey].forEach(key => checkSecretKey(scope, key));
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(uriScheme)) {
    fail(
      scope,
      `the database speaks '${uriScheme}', with which no URL can begin. use letters, digits, '+', '-' and '.', as ` +
        `in 'postgresql'`,
    );
  }
  if (namespace !== undefined) {
    checkLabel(scope, 'the namespace of the database', namespace);
  }
  if (podLabels && Object.keys(podLabels).length === 0) {
    fail(
      scope,
      "the database has no labels in 'podLabels', which would select all pods there. give those of its pods, or " +
        'leave it out',
    );
  }
  checkLabels(scope, "a label of 'podLabels'", podLabels);
  checkCidrs(scope, endpoint.cidrs);
  checkCertificate(scope, endpoint.caCertificate);
  if (waitCommand?.length === 0) {
    fail(scope, 'the command that waits for the database is empty. give it a program, or leave it out');
  }
}

export function checkCidrs(scope: IConstruct, cidrs: readonly string[] = []): void {
  const wrong = cidrs.find(cidr => !isCidr(cidr));
  if (wrong !== undefined) {
    fail(scope, `its block of addresses '${wrong}' is none. write it as '10.1.0.0/16'`);
  }
}

export function checkCertificate(scope: IConstruct, source?: CertificateSource): void {
  if (!source) {
    return;
  }
  const { configMapName, secretName, key } = source;
  if ((configMapName === undefined) === (secretName === undefined)) {
    fail(scope, "'caCertificate' has not exactly one of 'configMapName' and 'secretName'. give one");
  }
  checkObjectName(scope, "the holder of 'caCertificate'", configMapName ?? secretName!);
  if (key !== undefined && !isConfigKey(key)) {
    fail(scope, `'caCertificate' has the key '${key}', which cannot be. keys are letters, digits, '-', '_' and '.'`);
  }
}

function isCidr(text: string): boolean {
  const [address, length, ...rest] = text.split('/');
  return (
    isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= (isIPv6(address) ? 128 : 32)
  );
}
