import type { IConstruct } from 'constructs';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { isConfigKey } from '../../checks/values';
import { readDirectory } from '../../config/directory';

/** The library's own last script; its name comes after all others. */
export const LAST_SCRIPT = 'zzzz-initialised.sh';

/** What no other script's name may reach. */
const LAST = LAST_SCRIPT.split('-')[0];

/**
 * Scripts that the image runs once, in the order of their names, when it makes the database. A change of them does
 * nothing
 * to a database that is there.
 */
export class InitScripts {
  /**
   * All files of a directory.
   *
   * @param localPath the directory, from where synth runs
   */
  public static fromDirectory(localPath: string): InitScripts {
    return new InitScripts(scope => {
      const files = readDirectory(scope, localPath, { exclude: [], includeHidden: false, keepLineEndings: false });
      return Object.fromEntries(files.map(({ path, content }) => [path, content]));
    });
  }

  /**
   * Scripts by their file names.
   *
   * @param scripts from name to text: from `10-schema.sql` to `create table ...`
   */
  public static fromInline(scripts: Record<string, string>): InitScripts {
    return new InitScripts(() => scripts);
  }

  private constructor(private readonly read: (scope: IConstruct) => Record<string, string | Buffer>) {}

  /** @internal */
  public _files(scope: IConstruct, engine: string, extensions: readonly string[]): Record<string, string | Buffer> {
    const files = this.read(scope);
    if (Object.keys(files).length === 0) {
      fail(scope, 'Its init scripts are none.', "Add one, or leave 'initScripts' out.");
    }
    for (const [name, content] of Object.entries(files)) {
      if (!isConfigKey(name)) {
        fail(
          scope,
          `The init script '${name}' is not in the directory itself, or its name cannot be a key.`,
          `${engine} runs only files of one directory, so move or rename it.`,
        );
      }
      if (!extensions.some(extension => name.endsWith(extension) && name.length > extension.length)) {
        fail(
          scope,
          `The init script '${name}' would be passed over: ${engine} runs files that end in ` +
            `${listed(extensions, 'or')}.`,
          'Rename it.',
        );
      }
      if (name >= LAST) {
        fail(
          scope,
          `The init script '${name}' would run after '${LAST_SCRIPT}', which notes that all have run.`,
          'Give it a name that sorts before.',
        );
      }
      if (content.length === 0) {
        fail(scope, `The init script '${name}' is empty.`, 'Fill it, or leave it out.');
      }
    }
    return files;
  }
}
