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
    String.raw`(?<plain>\$\{[^}]*\}|[^\s'"\\;&|()\x60<>])`,
  ].join('|'),
  'gs',
);

/** Splits a POSIX shell script into simple commands. Here-documents and comments are left out. */
export function shellCommands(script: string): ShellCommand[] {
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
}

function withoutHereDocuments(script: string): string {
  return script.replace(/<<-?\s*(['"]?)(\w+)\1([^\n]*)\n(?:[^\n]*\n)*?\s*\2(?=\n|$)/g, '$3');
}
