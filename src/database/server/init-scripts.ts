import type { IConstruct } from 'constructs';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { checkArgument } from '../../checks/props';
import { isConfigKey } from '../../checks/values';
import { readDirectory } from '../../config/directory';

/** The prefix of the last script. Names of user scripts must sort before it. */
const LAST_PREFIX = 'zzzz';

/** The script of the library that runs after all others. The name is part of existing manifests. */
export const LAST_SCRIPT = `${LAST_PREFIX}-initialised.sh`;

/**
 * Scripts that the image runs once, in the order of their names, when it creates the database. Changing them does not
 * affect an existing database.
 */
export class InitScripts {
  /**
   * All files of a directory.
   *
   * @param localPath the path of the directory, relative to the directory in which the app is synthesized
   */
  public static fromDirectory(localPath: string): InitScripts {
    checkArgument('InitScripts.fromDirectory', 'localPath', localPath, '"init"');
    return new InitScripts(scope => {
      const files = readDirectory(scope, localPath, { exclude: [], includeHidden: false, keepLineEndings: false });
      return Object.fromEntries(files.map(({ path, content }) => [path, content]));
    });
  }

  /**
   * Scripts by file name.
   *
   * @param scripts the content of each script by its file name, for example `create table ...` by `10-schema.sql`
   */
  public static fromInline(scripts: Record<string, string>): InitScripts {
    checkArgument('InitScripts.fromInline', 'scripts', scripts, '{ "10-schema.sql": "create table orders ()" }');
    return new InitScripts(() => scripts);
  }

  private constructor(private readonly read: (scope: IConstruct) => Record<string, string | Buffer>) {}

  /** @internal */
  public _files(scope: IConstruct, engine: string, extensions: readonly string[]): Record<string, string | Buffer> {
    const files = this.read(scope);
    if (Object.keys(files).length === 0) {
      fail(scope, "'initScripts' is empty.", 'Add a script or omit the prop.');
    }
    for (const [name, content] of Object.entries(files)) {
      checkName(scope, name, engine, extensions);
      if (content.length === 0) {
        fail(scope, `Init script '${name}' is empty.`, 'Add content or remove the script.');
      }
    }
    return files;
  }
}

function checkName(scope: IConstruct, name: string, engine: string, extensions: readonly string[]): void {
  if (!isConfigKey(name)) {
    fail(
      scope,
      name.includes('/')
        ? `Init script '${name}' is in a subdirectory, in which ${engine} runs no scripts.`
        : `Init script '${name}' has a name that a ConfigMap cannot contain.`,
      "Use letters, digits, '-', '_' and '.' in the name.",
    );
  }
  if (!extensions.some(extension => name.endsWith(extension) && name.length > extension.length)) {
    fail(
      scope,
      `Init script '${name}' would not run: ${engine} only runs files that end in ${listed(extensions, 'or')}.`,
      `Rename it, for example to '${name}${extensions[0]}'.`,
    );
  }
  if (name >= LAST_PREFIX) {
    fail(
      scope,
      `Init script '${name}' would run after '${LAST_SCRIPT}', which reports that all scripts have run.`,
      `Use a name that sorts before '${LAST_PREFIX}'.`,
    );
  }
}
