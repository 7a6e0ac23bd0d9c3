import { trimEnd } from '../checks/paths';
import { handlersOf } from '../inspect/handlers';
import { at, JsonPath, text, texts } from '../inspect/json';
import type { Container } from '../inspect/pods';
import { programName, shellCommands, unwrapped } from '../inspect/shell-script';

/** A file that a container runs. */
export interface Execution {
  /** The absolute path. */
  readonly path: string;
  /** Whether the kernel executes the file. Otherwise a shell reads it as its script. */
  readonly isDirect: boolean;
  /** The path of the command that runs it. */
  readonly at: JsonPath;
}

/** The command lines of a container: the command with its arguments, the probes and the hooks. */
interface CommandLine {
  readonly words: readonly string[];
  readonly at: JsonPath;
}

/** Shells that drop variables whose names are not identifiers. The names of other shells follow. */
const STRICT_SHELLS: readonly string[] = ['sh', 'ash', 'dash'];
const SHELLS: readonly string[] = [...STRICT_SHELLS, 'bash', 'zsh', 'ksh', 'busybox'];

/** Returns the files that a container runs according to its manifest, by absolute paths. */
export function executions(container: Container): Execution[] {
  const directory = text(container.content.workingDir);
  return commandLines(container).flatMap(({ words, at: path }) =>
    filesRunBy(words, directory).map(file => ({ ...file, at: path })),
  );
}

/** Returns the scripts in the command lines of a container: the argument of `sh -c`. */
export function inlineScripts(container: Container): { readonly script: string; readonly at: JsonPath }[] {
  return commandLines(container).flatMap(({ words, at: path }) => {
    const [program, ...rest] = unwrapped(words);
    const script = isShell(program, SHELLS) ? scriptIn(rest) : undefined;
    return script === undefined ? [] : [{ script, at: path }];
  });
}

/** Whether a container starts with a shell that drops variables whose names are not identifiers. */
export function startsWithStrictShell({ command, args }: Container): boolean {
  return command.length > 0 && isShell(unwrapped([...command, ...args])[0], STRICT_SHELLS);
}

function commandLines(container: Container): CommandLine[] {
  const { command, args, at: path } = container;
  return [
    // without a command, the entrypoint of the image decides what the arguments are
    ...(command.length > 0 ? [{ words: [...command, ...args], at: [...path, 'command'] }] : []),
    ...handlersOf(container).map(handler => ({
      words: texts(at(handler.content, 'exec', 'command')),
      at: [...path, ...handler.at, 'exec', 'command'],
    })),
  ];
}

type RunFile = Pick<Execution, 'path' | 'isDirect'>;

function filesRunBy(words: readonly string[], directory: string | undefined): RunFile[] {
  const [program, ...rest] = unwrapped(words);
  if (program === undefined) {
    return [];
  }
  if (!isShell(program, SHELLS)) {
    return runFile(program, true, directory);
  }
  const script = scriptIn(rest);
  return script === undefined
    ? runFile(rest.find(word => !/^[-+]/.test(word)) ?? '', false, directory)
    : filesRunByScript(script, directory);
}

function filesRunByScript(script: string, directory: string | undefined): RunFile[] {
  let current = directory;
  return shellCommands(script).flatMap((command): RunFile[] => {
    const [program, argument = ''] = unwrapped(command);
    if (program === 'cd') {
      current = argument.startsWith('/') ? argument : undefined;
      return [];
    }
    return program === '.' || program === 'source' ? runFile(argument, false, current) : filesRunBy(command, current);
  });
}

function runFile(word: string, isDirect: boolean, directory: string | undefined): RunFile[] {
  if (word.startsWith('/')) {
    return [{ path: word, isDirect }];
  }
  // a name without a slash is searched in the directories of PATH
  return word.includes('/') && directory?.startsWith('/')
    ? [{ path: `${trimEnd(directory, '/')}/${word.replace(/^\.\//, '')}`, isDirect }]
    : [];
}

/** Returns the script in the arguments of a shell, if it does not read one from a file. */
function scriptIn(words: readonly string[]): string | undefined {
  const option = words.findIndex(word => /^-[a-zA-Z]*c$/.test(word));
  const file = words.findIndex(word => !/^[-+]/.test(word) && word !== 'pipefail');
  return option >= 0 && (file < 0 || option < file) ? words[option + 1] : undefined;
}

function isShell(program: string | undefined, shells: readonly string[]): boolean {
  return (
    program !== undefined && shells.includes(programName(program)) && !/^\.{0,2}\/(?!(?:usr\/)?s?bin\/)/.test(program)
  );
}
