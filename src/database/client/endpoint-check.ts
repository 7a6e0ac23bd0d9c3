import { isIP, isIPv6 } from 'net';
import type { IConstruct } from 'constructs';
import type { DatabaseEndpoint } from './endpoint';
import { fail } from '../../checks/fail';
import { checkLabel, checkLabels, checkObjectName, checkPort, checkSecretKey } from '../../checks/values';

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
      `The database speaks '${uriScheme}', with which no URL can begin.`,
      "Use letters, digits, '+', '-' and '.', as in 'postgresql'.",
    );
  }
  if (namespace !== undefined) {
    checkLabel(scope, 'the namespace of the database', namespace);
  }
  if (podLabels && Object.keys(podLabels).length === 0) {
    fail(
      scope,
      "The database has no labels in 'podLabels', which would select all pods there.",
      'Give those of its pods, or leave it out.',
    );
  }
  checkLabels(scope, "a label of 'podLabels'", podLabels);
  checkCidrs(scope, endpoint.cidrs);
  endpoint.caCertificate?._check(scope, "'caCertificate'");
  if (waitCommand?.length === 0) {
    fail(scope, 'The command that waits for the database is empty.', 'Give it a program, or leave it out.');
  }
}

export function checkCidrs(scope: IConstruct, cidrs: readonly string[] = []): void {
  const wrong = cidrs.find(cidr => !isCidr(cidr));
  if (wrong !== undefined) {
    fail(scope, `Its block of addresses '${wrong}' is none.`, "Write it as '10.1.0.0/16'.");
  }
}

function isCidr(text: string): boolean {
  const [address, length, ...rest] = text.split('/');
  return (
    isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= (isIPv6(address) ? 128 : 32)
  );
}
