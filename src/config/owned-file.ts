import type { IConstruct } from 'constructs';
import type { ConfigFile } from './config-map';
import type { ConfigFileOptions } from './config-source-options';
import { parseByName } from './formats';
import { schemaErrors } from './schema';
import { fail } from '../checks/fail';
import { checkInteger, checkRelativePath } from '../checks/values';
import { textFileProblem } from '../predicates/line-endings';
import { writtenModeProblem } from '../predicates/written-mode';

/** Refuses a file that cannot be mounted, has a syntax error, or violates its schema. */
export function checkOwnedFile(
  scope: IConstruct,
  file: ConfigFile,
  options: ConfigFileOptions,
  data?: unknown,
): ConfigFile {
  checkRelativePath(scope, file.path);
  if (file.mode !== undefined) {
    checkInteger(scope, `'mode' of '${file.path}'`, file.mode, 0, 0o777);
    checkOctal(scope, file.path, file.mode);
  }
  if (typeof file.content === 'string') {
    checkText(scope, file.path, file.content, options, data);
  }
  return file;
}

/** Refuses a mode such as 444, which is 0674. */
function checkOctal(scope: IConstruct, path: string, mode: number): void {
  const problem = writtenModeProblem(mode);
  if (problem !== undefined) {
    fail(scope, `'mode' of '${path}' ${problem}.`, `Write it as an octal number: 0o${mode}.`);
  }
}

/** Refuses line endings and first bytes with which no program on Linux reads a script or configuration. */
function checkLines(scope: IConstruct, path: string, text: string): void {
  const problem = textFileProblem(path, text);
  if (problem !== undefined) {
    fail(
      scope,
      `'${path}' ${problem}.`,
      "Save the file with LF and without a byte order mark, and omit 'keepLineEndings'.",
    );
  }
}

function checkText(scope: IConstruct, path: string, text: string, options: ConfigFileOptions, data?: unknown): void {
  if (/\p{Surrogate}/u.test(text)) {
    fail(scope, `'${path}' contains half of a surrogate pair, which UTF-8 cannot encode.`, 'Use the whole character.');
  }
  checkLines(scope, path, text);
  const parsed = options.checkSyntax === false ? undefined : parseByName(path, text);
  if (parsed && 'problem' in parsed) {
    const { format, position, message } = parsed.problem;
    fail(
      scope,
      `'${path}' is not valid ${format}${position && ` at ${position}`}: ${message}.`,
      `Correct it, or set 'checkSyntax: false' if it is not ${format}.`,
    );
  }
  if (options.schema !== undefined) {
    checkSchema(scope, path, options.schema, data === undefined ? parsed?.documents : [data]);
  }
}

function checkSchema(scope: IConstruct, path: string, schema: any, documents: unknown[] | undefined): void {
  if (!documents) {
    fail(
      scope,
      `'${path}' has a 'schema', but the extension of its name is not '.yaml', '.yml', '.json' or '.toml'.`,
      "Use one of these extensions, or omit 'schema'.",
    );
  }
  for (const document of documents) {
    const errors = errorsOf(scope, path, schema, document);
    if (errors.length > 0) {
      fail(scope, `'${path}' violates its schema: ${errors.join('; ')}.`, 'Change the data or the schema.');
    }
  }
}

function errorsOf(scope: IConstruct, path: string, schema: any, document: unknown): string[] {
  try {
    return schemaErrors(schema, document);
  } catch (error) {
    fail(
      scope,
      `The 'schema' of '${path}' is not a valid JSON Schema: ${(error as Error).message}.`,
      'Correct the schema.',
    );
  }
}
