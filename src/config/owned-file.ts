import type { IConstruct } from 'constructs';
import type { ConfigFile } from './config-map';
import type { ConfigFileOptions } from './config-source-options';
import { parseByName } from './formats';
import { schemaErrors } from './schema';
import { findCredential } from '../checks/credentials';
import { fail } from '../checks/fail';
import { checkInteger, checkRelativePath } from '../checks/values';
import { isWaived } from '../safety/waiver';

/** Refuses a file that could not be mounted, is not what its name says, breaks its schema or holds a credential. */
export function checkOwnedFile(
  scope: IConstruct,
  file: ConfigFile,
  options: ConfigFileOptions,
  data?: unknown,
): ConfigFile {
  checkRelativePath(scope, file.path);
  if (file.mode !== undefined) {
    checkInteger(scope, `the mode of '${file.path}'`, file.mode, 0, 0o777);
  }
  if (typeof file.content === 'string') {
    checkText(scope, file.path, file.content, options, data);
  }
  return file;
}

function checkText(scope: IConstruct, path: string, text: string, options: ConfigFileOptions, data?: unknown): void {
  if (/\p{Surrogate}/u.test(text)) {
    fail(
      scope,
      `'${path}' has one half of a surrogate pair, which is no character that a file can hold.`,
      'Write the whole character.',
    );
  }
  const parsed = options.checkSyntax === false ? undefined : parseByName(path, text);
  if (parsed && 'problem' in parsed) {
    const { format, where, what } = parsed.problem;
    fail(
      scope,
      `'${path}' is not ${format}${where && ` at ${where}`}: ${what}.`,
      `Correct it, or set 'checkSyntax: false' if it only looks like ${format}.`,
    );
  }
  if (options.schema !== undefined) {
    const documents = data === undefined ? parsed?.documents : [data];
    if (!documents) {
      fail(
        scope,
        `'${path}' has a schema, but its name does not say how to read it.`,
        "Name it '.yaml', '.json' or '.toml', or leave the schema out.",
      );
    }
    for (const document of documents) {
      const [first, ...others] = brokenRules(scope, path, options.schema, document);
      if (first) {
        fail(scope, `'${path}' breaks its schema: ${[first, ...others].join('; ')}.`, 'Change the data or the schema.');
      }
    }
  }
  const credential = findCredential(text);
  if (credential && !isWaived(scope, 'no-credential-in-config-map')) {
    fail(
      scope,
      `'${path}' has ${credential.kind} on line ${credential.line}, and everybody who may read ` +
        'ConfigMaps would see it.',
      "Keep it in a Secret and mount that with 'ConfigSource.fromSecret', or waive it with " +
        "'Waiver.noCredentialInConfigMap(reason)'.",
    );
  }
}

function brokenRules(scope: IConstruct, path: string, schema: any, document: unknown): string[] {
  try {
    return schemaErrors(schema, document);
  } catch (error) {
    fail(scope, `The schema of '${path}' is not a JSON Schema: ${(error as Error).message}.`, 'Correct it.');
  }
}
