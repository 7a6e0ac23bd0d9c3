import type { IConstruct } from 'constructs';
import { fail } from './fail';
import { listed } from './message';

/**
 * Refuses a value that is not in an enum, which users of plain JavaScript can pass.
 *
 * @param subject the prop in quotes, as messages name it
 * @param name the name of the enum
 * @param members the enum
 */
export function checkEnum(
  location: IConstruct | string,
  subject: string,
  value: unknown,
  name: string,
  members: Readonly<Record<string, string>>,
): void {
  if (isSet(value) && !Object.values<unknown>(members).includes(value)) {
    const options = Object.keys(members).map(member => `${name}.${member}`);
    fail(
      location,
      `${subject} is ${shown(value)}, which is not a member of '${name}'.`,
      `Use ${listed(options, 'or')}.`,
    );
  }
}

/** Refuses a value that is neither true nor false: a string such as 'false' would count as true. */
export function checkBoolean(location: IConstruct | string, subject: string, value: unknown): void {
  if (isSet(value) && typeof value !== 'boolean') {
    fail(location, `${subject} is ${shown(value)}, which is not a boolean.`, "Use 'true' or 'false' without quotes.");
  }
}

/**
 * Refuses a value that is not of a class.
 *
 * @param type the class, with its article: `a Duration`
 * @param member a member that only values of the class have
 * @param example a value as the user would type it
 */
export function checkInstance(
  location: IConstruct | string,
  subject: string,
  value: unknown,
  { type, member, example }: { readonly type: string; readonly member: string; readonly example: string },
): void {
  if (isSet(value) && (value as Record<string, unknown>)[member] === undefined) {
    fail(location, `${subject} is ${shown(value)}, which is not ${type}.`, `Use ${type}, for example '${example}'.`);
  }
}

/** Refuses a value that is not a list of strings. */
export function checkStrings(location: IConstruct | string, subject: string, values: unknown, example: string): void {
  if (isSet(values) && !(Array.isArray(values) && values.every(value => typeof value === 'string'))) {
    fail(
      location,
      `${subject} is ${shown(values)}, which is not a list of strings.`,
      `Use a list such as '${example}'.`,
    );
  }
}

/** Returns a value as messages show it. */
export function shown(value: unknown): string {
  if (typeof value === 'function') {
    return 'a function';
  }
  return typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
