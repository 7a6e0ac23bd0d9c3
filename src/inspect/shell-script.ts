import { keptByString } from '../checks/memo';
import { ownValue } from '../checks/own-value';

/** A simple command of a shell script: its words, without quotes and the targets of `>` and `<`. */
export type ShellCommand = readonly string[];

const TOKEN = new RegExp(
  [
    String.raw`'(?<single>[^']*)'`,
    String.raw`"(?<double>(?:[^"\\]|\\.)*)"`,
    String.raw`(?<continuation>\\\r?\n)`,
    String.raw`\\(?<escaped>.)`,
    String.raw`(?<redirection>\d*(?:>>|>\||>|<)(?:&\d*-?)?)`,
    // an array of bash: args=("$FILE" --verbose)
    String.raw`(?<array>(?<=\w\+?=)\([^()]*\))`,
    String.raw`(?<separator>[\n;&|()\x60]|(?<=^|\s)[{}](?=[\s;&|)]|$))`,
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>(?<=^|\s)#[^\n]*)`,
    String.raw`(?<plain>\$\{[^}]*(?:\}|$)|\$|[^\s'"\\;&|()\x60<>$]+)`,
  ].join('|'),
  'gs',
);

/** Splits a POSIX shell script into simple commands. Here-documents and comments are left out. */
export const shellCommands = keptByString((script): readonly ShellCommand[] => {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let isTarget = false;
  const endWord = () => {
    if (word !== undefined && !isTarget) {
      words.push(word);
    }
    isTarget &&= word === undefined;
    word = undefined;
  };
  for (const { groups } of withoutHereDocuments(script).matchAll(TOKEN)) {
    const { single, double, array, continuation, escaped, redirection, separator, space, comment, plain } = groups!;
    const part = single ?? double ?? array ?? escaped ?? plain;
    if (part !== undefined) {
      word = `${word ?? ''}${part}`;
    } else if (redirection !== undefined) {
      endWord();
      isTarget = !redirection.includes('&');
    } else if (separator !== undefined) {
      endWord();
      commands.push(words);
      words = [];
      isTarget = false;
    } else if (space !== undefined || continuation !== undefined || comment !== undefined) {
      endWord();
      if (space?.includes('\n')) {
        commands.push(words);
        words = [];
      }
    }
  }
  endWord();
  return [...commands, words].filter(({ length }) => length > 0);
});

/** The beginning of a here-document, with the line that ends it. */
const HERE_DOCUMENT = /<<-?[ \t]*(['"]?)(\w+)\1/;

/** Removes here-documents, which are the input of a program and not part of the script. */
export function withoutHereDocuments(script: string): string {
  const lines = script.split('\n');
  const lastLines = new Map(lines.map((line, i) => [line.trimStart(), i]));
  const kept: string[] = [];
  let end: string | undefined;
  lines.forEach((line, i) => {
    if (end !== undefined) {
      end = line.trimStart() === end ? undefined : end;
      return;
    }
    const [operator, , delimiter] = HERE_DOCUMENT.exec(line) ?? [];
    // `<<` without a later line that ends the document is something else, such as a shift
    const isDocument = operator !== undefined && (lastLines.get(delimiter) ?? 0) > i;
    end = isDocument ? delimiter : undefined;
    kept.push(isDocument ? line.replace(operator, '') : line);
  });
  return kept.join('\n');
}

/** Programs that run the program in their arguments, with the number of arguments before it. */
const WRAPPERS: Readonly<Record<string, number>> = {
  'if': 0,
  'then': 0,
  'else': 0,
  'elif': 0,
  'do': 0,
  'while': 0,
  'until': 0,
  '!': 0,
  'exec': 0,
  'command': 0,
  'time': 0,
  'env': 0,
  'nice': 0,
  'nohup': 0,
  'sudo': 0,
  'setsid': 0,
  'tini': 0,
  'dumb-init': 0,
  'catatonit': 0,
  'docker-entrypoint.sh': 0,
  'timeout': 0,
  'gosu': 1,
  'su-exec': 1,
  'flock': 1,
};

/** Removes the programs that run another program, their options and numbers, and assignments of variables. */
export function unwrapped(command: ShellCommand): ShellCommand {
  let rest = command;
  for (;;) {
    const program = rest.findIndex(word => !/^\w+\+?=/.test(word));
    const positions = program < 0 ? undefined : ownValue(WRAPPERS, programName(rest[program]));
    if (positions === undefined) {
      return program < 0 ? [] : rest.slice(program);
    }
    const words = rest.slice(program + 1);
    const first = words.findIndex(word => !/^-|^\d[\d.]*[smhd]?$/.test(word));
    rest = first < 0 ? [] : words.slice(first + positions);
  }
}

/** Returns the name of a program without its directory. */
export function programName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
