import type { IConstruct } from 'constructs';
import { findCredentialInFile, namesCredential } from '../checks/credentials';
import { fail } from '../checks/fail';
import { isWaived } from '../safety/waiver';

/** A key of a ConfigMap, as the user named it, and its content. */
interface Entry {
  readonly path: string;
  readonly content: string | Buffer;
}

/** Refuses credentials in a ConfigMap, by their form or by the name of their key. */
export function checkNoCredentials(scope: IConstruct, entries: readonly Entry[]): void {
  if (isWaived(scope, 'no-credential-in-config-map')) {
    return;
  }
  for (const { path, content } of entries) {
    if (typeof content === 'string') {
      checkNoCredential(scope, path, content);
    }
  }
}

function checkNoCredential(scope: IConstruct, path: string, text: string): void {
  const credential = findCredentialInFile(path, text);
  if (credential || namesCredential(path, text)) {
    const problem = credential ? `contains ${credential.kind} on line ${credential.line}` : 'looks like a credential';
    fail(
      scope,
      `'${path}' ${problem}, but ConfigMaps are not secret.`,
      "Keep it in a Secret and read it with 'ConfigSource.fromSecret' or 'EnvironmentVariables.fromSecret', or waive " +
        "the rule with 'Waiver.noCredentialInConfigMap(reason)'.",
    );
  }
}
