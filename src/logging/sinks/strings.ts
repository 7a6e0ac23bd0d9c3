import { refuse, SinkContext } from './sink-context';

/** The strings that an option accepts, and the words for them. */
export interface StringRule {
  readonly pattern: RegExp;
  /** The allowed characters, as the object of "Use". */
  readonly characters: string;
}

/** Strings without characters that mean a variable, a date, a field or a list to some collector. */
export const PLAIN: StringRule = { pattern: /^[\w.-]+$/, characters: "letters, digits, '.', '_' and '-'" };

/** Refuses strings that would mean something else in the configuration of a collector. */
export function checkStrings(context: SinkContext, rules: Readonly<Record<string, StringRule>>, options: object): void {
  for (const [option, { pattern, characters }] of Object.entries(rules)) {
    const value: unknown = options[option as keyof typeof options];
    if (value !== undefined && !(typeof value === 'string' && pattern.test(value))) {
      refuse(context, option, value, `, which is not a valid ${option}`, `Use ${characters}.`);
    }
  }
}
