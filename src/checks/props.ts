import type { IConstruct } from 'constructs';
import { fail } from './fail';
import { listed } from './message';
import { checkType, PropType } from './prop-type';
import { suggest } from './suggest';

interface RequiredProp<V = any> {
  /** A value as the user would type it. */
  readonly example: string;
  readonly type?: PropType<V>;
}

interface OptionalProp<V = any> {
  readonly example?: undefined;
  readonly type?: PropType<V>;
}

/** The props of a struct by name. The compiler refuses a table that lacks a prop or marks one incorrectly. */
export type PropTable<T> = {
  readonly [Name in keyof T]-?: object extends Pick<T, Name>
    ? OptionalProp<NonNullable<T[Name]>>
    : RequiredProp<NonNullable<T[Name]>>;
};

/** Marks an optional prop of any type in a table. */
export const OPTIONAL: OptionalProp = {};

/** Marks an optional prop in a table. */
export function optional<const P extends string>(type: P): { readonly type: P } {
  return { type };
}

/** Marks a required prop in a table. */
export function required<const P extends string = never>(
  example: string,
  type?: P,
): { readonly example: string; readonly type?: P } {
  return { example, type };
}

/**
 * Refuses missing and misspelled props, which the compiler does not report to users of plain JavaScript.
 *
 * @param location the construct, or the API name before a construct exists, such as `HealthCheck.http`
 * @param subject the struct, if it is part of the props: `'items[0]'`
 */
export function checkProps<T extends object>(
  location: IConstruct | string,
  props: NoInfer<T>,
  table: PropTable<T>,
  subject?: string,
): void {
  checkObject(location, props, table, subject);
  for (const name of unknownProps(props, table)) {
    const similar = suggest(name, Object.keys(table));
    fail(
      location,
      `Unknown prop '${name}'${within(subject)}.`,
      similar.length > 0
        ? `Did you mean ${listed(similar, 'or')}?`
        : `Remove it, or use one of ${listed(Object.keys(table).sort())}.`,
    );
  }
  checkRequiredProps(location, props, table, subject);
}

/** Refuses missing props and wrong types, but not unknown props: for constructors whose subclasses add props. */
export function checkRequiredProps<T extends object>(
  location: IConstruct | string,
  props: NoInfer<T>,
  table: PropTable<T>,
  subject?: string,
): void {
  checkObject(location, props, table, subject);
  for (const [name, { example }] of Object.entries<OptionalProp | RequiredProp>(table)) {
    if (example !== undefined && isMissing(props[name as keyof T])) {
      const [misspelled] = suggest(name, unknownProps(props, table));
      fail(
        location,
        `Required prop '${name}'${within(subject)} is missing.`,
        misspelled === undefined
          ? `Set it, for example '${name}: ${example}'.`
          : `Rename '${misspelled}' to '${name}'.`,
      );
    }
  }
  checkTypes(location, props, table, subject);
}

/**
 * Refuses an argument that a user of plain JavaScript omitted.
 *
 * @param location the API name, such as `ConfigSource.fromSecret`
 * @param example a value as the user would type it
 */
export function checkArgument(location: IConstruct | string, name: string, value: unknown, example: string): void {
  if (isMissing(value)) {
    fail(location, `Required argument '${name}' is missing.`, `Pass it, for example '${example}'.`);
  }
}

/** Refuses values that the compiler reports to users of TypeScript only. */
function checkTypes<T extends object>(
  location: IConstruct | string,
  props: T,
  table: PropTable<T>,
  subject?: string,
): void {
  for (const [name, { type }] of Object.entries<OptionalProp | RequiredProp>(table)) {
    if (type !== undefined && !isMissing(props[name as keyof T])) {
      checkType(location, name, props[name as keyof T], type, within(subject));
    }
  }
}

function checkObject<T extends object>(
  location: IConstruct | string,
  props: NoInfer<T>,
  table: PropTable<T>,
  subject?: string,
): void {
  if (typeof props === 'object' && !isMissing(props) && !Array.isArray(props)) {
    return;
  }
  const names = Object.entries<OptionalProp | RequiredProp>(table).flatMap(([name, { example }]) =>
    example === undefined ? [] : [name],
  );
  const state = isMissing(props) ? 'missing' : 'not an object';
  fail(
    location,
    subject === undefined ? `The props are ${state}.` : `${subject} is ${state}.`,
    names.length > 0 ? `Pass an object with ${listed(names)}.` : 'Pass an object.',
  );
}

/** Returns the names of props that are set but not in the table. Ignores classes, which can have other members. */
function unknownProps<T extends object>(props: T, table: PropTable<T>): string[] {
  const prototype = Object.getPrototypeOf(props);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return [];
  }
  return Object.entries(props).flatMap(([name, value]) =>
    isMissing(value) || Object.hasOwn(table, name) ? [] : [name],
  );
}

function within(subject: string | undefined): string {
  return subject === undefined ? '' : ` in ${subject}`;
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
