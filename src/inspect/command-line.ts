import type { Container } from './pods';
import type { KnownVariable } from './variables';

/** Returns the value of an option on a command line, written as `--dir /data` or `--dir=/data`. */
export function optionOf(words: readonly string[], option: string): string | undefined {
  for (const [i, word] of words.entries()) {
    if (word === option) {
      return words[i + 1];
    }
    if (word.startsWith(`${option}=`)) {
      return word.slice(option.length + 1);
    }
  }
  return undefined;
}

/** Returns the command line of a container as one string. */
export function commandLine({ command, args }: Container): string {
  return [...command, ...args].join(' ');
}

/**
 * Returns the command line and the variables of a container, one on each line, which facts of images match.
 *
 * @param variables the variables with the values from ConfigMaps; those of the container if omitted
 */
export function settingsOf(container: Container, variables: readonly KnownVariable[] = container.env): string {
  return [commandLine(container), ...variables.map(({ name, value = '' }) => `${name}=${value}`)].join('\n');
}

const ENTRYPOINTS = ['docker-entrypoint.sh', 'entrypoint.sh'];

/** The options of a client that precede the name of a user or database, which can be that of a server. */
const NAME_OPTIONS = ['-U', '-d'];

/** Whether the command line of a container runs one of the programs, or the default program of its image. */
export function runsProgram(programs: readonly string[], { command, args }: Container): boolean {
  const isServer = (word: string) => [...ENTRYPOINTS, ...programs].includes(word.slice(word.lastIndexOf('/') + 1));
  if (command.length === 0) {
    return args.length === 0 || args[0].startsWith('-') || args[0].endsWith('.conf') || isServer(args[0]);
  }
  const words = withoutNames([...command, ...args]);
  return words.some(word => isServer(word) || scriptWords(word).some(isServer));
}

function scriptWords(script: string): string[] {
  return /\s/.test(script) ? withoutNames(script.split(/[\s;&|()]+/)) : [];
}

/** Returns the words of a command line without the names of users and databases. */
function withoutNames(words: readonly string[]): string[] {
  return words.filter((_, i) => i === 0 || !NAME_OPTIONS.includes(words[i - 1]));
}
