import { programName, ShellCommand, shellCommands, unwrapped } from './shell-script';
import { keptByString } from '../checks/memo';

/** Returns the words of a shell script, without quotes and comments. */
export const shellWords = keptByString((script): readonly string[] => {
  const code = script.replace(/\\\r?\n/g, ' ').replace(/(^|\s)#.*$/gm, '$1');
  return [...code.matchAll(/(?:"(?:[^"\\]|\\[^])*(?:"|\\?$)|'[^']*(?:'|$)|[^\s;&|()"'])+/g)].map(([word]) =>
    word.replace(
      /"((?:[^"\\]|\\[^])*)(?:"|\\?$)|'([^']*)(?:'|$)/g,
      (_, double?: string, single?: string) => double ?? single ?? '',
    ),
  );
});

/**
 * Replaces the variables in a command or a script by their values: those that the script assigns, and those of
 * `valueOf`. A variable whose value is unknown stays as it is.
 */
export function expand(script: string, valueOf: (name: string) => string | undefined): string {
  const assigned = new Map(
    [...script.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)=["']?([\w./-]+)["']?[ \t]*$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  return script.replace(/\$\((\w+)\)|\$\{(\w+)\}|\$(\w+)/g, (reference, ...groups: (string | undefined)[]) => {
    const name = groups.slice(0, 3).find(Boolean) ?? '';
    return assigned.get(name) ?? valueOf(name) ?? reference;
  });
}

/** A file that a script copies. */
export interface Copy {
  readonly from: string;
  readonly to: string;
}

/** Returns the files and directories that the script copies with `cp` or `install`. */
export function copiesIn(script: string): Copy[] {
  return commandsIn(script).flatMap(([program, ...words]) => {
    const paths = words.filter(word => !word.startsWith('-'));
    const to = paths.pop();
    return ['cp', 'install'].includes(programName(program)) && to !== undefined
      ? paths.map(from => ({ from, to }))
      : [];
  });
}

/** Returns the files that the script writes or changes: by redirection, with `tee` or with `sed -i`. */
export function writesIn(script: string): string[] {
  return [
    ...[...script.matchAll(/>>?\s*["']?([^\s"';&|()>]+)/g)].map(([, path]) => path),
    ...commandsIn(script).flatMap(([program, ...words]) =>
      programName(program) === 'tee' || (programName(program) === 'sed' && words.some(word => /^-\w*i/.test(word)))
        ? words.filter(word => !word.startsWith('-')).slice(-1)
        : [],
    ),
  ].filter(path => path.startsWith('/') && !path.startsWith('/dev/'));
}

/** Returns the commands of a script without the programs that run them, such as `exec` and `sudo`. */
function commandsIn(script: string): ShellCommand[] {
  return shellCommands(script)
    .map(unwrapped)
    .filter(({ length }) => length > 0);
}
