/** A habit of translated prose that no text of this project has, and the plain words in its place. */
export interface Habit {
  readonly name: string;
  readonly pattern: RegExp;
  readonly instead: string;
  /** A sentence with the habit, which the law has to find. */
  readonly example: string;
}

/** Verbs by which a clause after ", for" is told from a noun: "for it deletes the data", but not "for one replica". */
const VERBS =
  'is|are|was|were|has|have|had|does|do|did|can|cannot|could|may|might|would|will|must|needs?|deletes?|loses?|reads?|' +
  'writes?|keeps?|begins?|starts?|stops?|goes|go|comes?|sees?|finds?|runs?|takes?|makes?|gets?|holds?|knows?|grows?|' +
  'fails?|ends?|changes?|decides?|refuses?|restarts?|becomes?';

/** In prose: documentation, docstrings and messages. Code spans are not looked at. */
export const HABITS: readonly Habit[] = [
  {
    name: 'for-as-because',
    // a relative clause has verbs too: "for apps that read such a file"
    pattern: new RegExp(
      `, for (?!example\\b|instance\\b)(?:(?!\\b(?:that|which|who|whose)\\b)[^.;:,])*?\\b(?:${VERBS})\\b`,
    ),
    instead: '"because", or a sentence of its own that says what happens otherwise',
    example: 'Claims outlive the StatefulSet, for whoever deletes it deletes the data.',
  },
  { name: 'alone', pattern: /\balone\b/, instead: '"only"', example: 'The pod alone is looked at.' },
  {
    name: 'beside',
    pattern: /\bbeside\b/,
    instead: '"next to", "besides" or "in addition to"',
    example: 'A collector beside the app.',
  },
  {
    name: 'is-none',
    pattern: /(?<!\b[Tt]here )\b(?:is|are|was|were|be) (?:none\b|not one\b|no (?!longer\b|(?:more|fewer|less) than\b))/,
    instead: '"is not a …", "is invalid" or "does not exist"',
    example: 'The name of the service binding is none.',
  },
  {
    name: 'which-there-is-not',
    pattern: /\bwhich (?:there (?:is|are)\b|cannot be\b(?= *[.,;]))/,
    instead: '"unknown" or "invalid"',
    example: 'A waiver names a rule, which there is not.',
  },
  { name: 'a-text', pattern: /\b(?:a text|texts)\b/i, instead: '"string"', example: 'Its value is a text.' },
  { name: 'have-to', pattern: /\b(?:has|have|had) to\b/, instead: '"must"', example: 'The image has to be pinned.' },
  {
    name: 'whoever',
    pattern: /\b(?:who|whom|what)(?:so)?ever\b/i,
    instead: 'the name of the person or the program',
    example: 'Whoever deletes the claim deletes the data.',
  },
  {
    name: 'nobody',
    pattern: /\b(?:no|some|every)body\b/i,
    instead: 'the name of the person or the program, or the passive',
    example: 'Nobody rotates the files.',
  },
  { name: 'by-itself', pattern: /\bby itself\b/, instead: '"automatically"', example: 'It restarts by itself.' },
  {
    name: 'for-want-of',
    pattern: /\bfor want of\b/,
    instead: '"because there is no"',
    example: 'It does not start for want of room.',
  },
  {
    name: 'said',
    pattern: /\b(?:is|are|was|were|be|been|as) (?:said|told)\b/,
    instead: '"specified", "set" or the value itself',
    example: 'The app is told where its database is.',
  },
  {
    name: 'is-to-be',
    pattern: /\b(?:is|are) to be\b/,
    instead: '"must be" or "will be"',
    example: 'It is to be mounted.',
  },
  {
    name: 'hardly',
    pattern: /\bhardly\b/,
    instead: 'what happens',
    example: 'A database hardly recovers in 5 seconds.',
  },
  {
    name: 'archaic',
    pattern: /\b(?:anew|wholly|lest|thereof|therein|hereby|whereby|alike|forthwith|betwixt|amongst|whilst)\b/i,
    instead: 'a plain word',
    example: 'The request and the limit alike.',
  },
  {
    name: 'comma-preposition-which',
    pattern: /, (?:in|with|by|at|from|to|without) which\b/,
    instead: 'two sentences',
    example: 'It is 5 seconds, in which no database recovers.',
  },
  {
    name: 'lowercase-sentence',
    pattern: /(?<!\b(?:e\.g|i\.e|vs|etc|approx))(?<=[a-z')\]])\. [a-z]/,
    instead: 'a capital letter after a full stop',
    example: 'The image has no tag. pin it.',
  },
  {
    name: 'ones-own',
    pattern: /\b(?:of (?:its|their|one's|the user's) own)\b/,
    instead: '"its", "custom" or "separate"',
    example: 'Each sink has a buffer of its own.',
  },
  {
    name: 'in-the-end',
    pattern: /\bat hand\b|\bcome to nothing\b|\bmuch the same\b/,
    instead: 'a plain word',
    example: 'The one at hand.',
  },
];

/** In headings: a topic that a search finds. */
export const HEADING_HABITS: readonly Habit[] = [
  {
    name: 'heading-mood',
    pattern: /^(?:What|Whether|Who|How it came|The last|Begin|Read on|Work on|Two |Nothing|Where)\b/,
    instead: 'the topic: "Getting started", "Log rotation", "Troubleshooting"',
    example: 'What holds',
  },
];

/** In docstrings: what it is or does, first. */
export const DOCSTRING_HABITS: readonly Habit[] = [
  {
    name: 'docstring-question',
    pattern: /^(?:What|Who|Where|How|Why)\b/,
    instead: 'a noun ("The number of replicas.") or a verb ("Creates a volume.")',
    example: 'What is known of a database that somebody else runs.',
  },
  {
    name: 'docstring-placeholder',
    pattern: /@default - (?:as |nothing is|none is)/,
    instead: 'the value, or the behavior',
    example: '@default - as said',
  },
];

/** The most words of a sentence. */
export const MOST_WORDS = 35;

/** The habits that a text has. */
export function habitsIn(text: string, habits: readonly Habit[]): Habit[] {
  return habits.filter(({ pattern }) => pattern.test(text));
}

/** The sentences of a text that are too long to be read at once. */
export function longSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+(?=[A-Z`'"([])|[;:]\s|\n{2,}/)
    .filter(sentence => sentence.split(/\s+/).filter(word => /\w/.test(word)).length > MOST_WORDS);
}
