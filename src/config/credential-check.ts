import type { IConstruct } from 'constructs';
import { credentialProblem } from '../checks/credentials';
import { fail } from '../checks/fail';
import { waiverOf } from '../safety/waiver';

const RULE = 'no-credential-in-config-map';

/** A key of a ConfigMap, as the user named it, and its content. */
interface Entry {
  readonly path: string;
  readonly content: string | Buffer;
}

/**
 * Refuses credentials in a ConfigMap, by their form, by the name of their key or setting, or by their first bytes.
 *
 * @returns the reason of the waiver that permits one; `undefined` if there is none
 */
export function checkNoCredentials(scope: IConstruct, entries: readonly Entry[]): string | undefined {
  for (const { path, content } of entries) {
    const problem = credentialProblem(path, content);
    if (problem !== undefined) {
      return waiverOf(scope, RULE)?.reason ?? refuse(scope, path, problem.description);
    }
  }
  return undefined;
}

function refuse(scope: IConstruct, path: string, problem: string): never {
  return fail(
    scope,
    `'${path}' ${problem}, but ConfigMaps are not secret.`,
    "Keep it in a Secret and read it with 'ConfigSource.fromSecret' or 'EnvironmentVariables.fromSecret', or waive " +
      "the rule with 'Waiver.noCredentialInConfigMap(reason)'.",
  );
}
