import type { MicromarkToken, Rule } from 'markdownlint' with { 'resolution-mode': 'import' };
import { Habit, habitsIn, HABITS, HEADING_HABITS, longSentences, MOST_WORDS } from './habits';

/** Blocks of prose, and the habits that each must not have. */
const BLOCKS: Readonly<Record<string, readonly Habit[]>> = {
  paragraph: HABITS,
  tableContent: HABITS,
  atxHeadingText: [...HABITS, ...HEADING_HABITS],
};

/** Code is not prose. */
const CODE = new Set(['codeText', 'codeFenced', 'codeIndented', 'autolink', 'literalAutolink', 'htmlText']);

/** Rules of this project for markdownlint: the habits of translated prose, and the length of sentences. */
export const PROSE_RULES: readonly Rule[] = [
  {
    names: ['habits'],
    description: 'Plain English',
    tags: ['prose'],
    parser: 'micromark',
    function: ({ parsers }, onError) =>
      proseBlocks(parsers.micromark.tokens).forEach(({ line, text, habits }) =>
        habitsIn(text, habits).forEach(({ name, pattern, instead }) =>
          onError({
            lineNumber: line,
            detail: `${name}: "${pattern.exec(text)![0].trim()}". Write ${instead}`,
            context: text.slice(Math.max(0, pattern.exec(text)!.index - 40)),
          }),
        ),
      ),
  },
  {
    names: ['sentence-length'],
    description: `A sentence has at most ${MOST_WORDS} words`,
    tags: ['prose'],
    parser: 'micromark',
    function: ({ parsers }, onError) =>
      proseBlocks(parsers.micromark.tokens).forEach(({ line, text }) =>
        longSentences(text).forEach(sentence => onError({ lineNumber: line, detail: sentence })),
      ),
  },
];

interface ProseBlock {
  readonly line: number;
  readonly text: string;
  readonly habits: readonly Habit[];
}

function proseBlocks(tokens: readonly MicromarkToken[]): ProseBlock[] {
  return tokens.flatMap(token => {
    const habits = BLOCKS[token.type];
    return habits ? [{ line: token.startLine, text: proseOf(token), habits }] : proseBlocks(token.children);
  });
}

function proseOf(token: MicromarkToken): string {
  if (CODE.has(token.type)) {
    return '`x`';
  }
  if (token.type === 'lineEnding') {
    return ' ';
  }
  return token.children.length > 0 ? token.children.map(proseOf).join('') : token.text;
}
