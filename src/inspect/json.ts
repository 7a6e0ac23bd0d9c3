/** The way to a value in an object: keys, and indices of lists. */
export type JsonPath = readonly (string | number)[];

/**
 * The value at a path, or `undefined` where the way ends before. Manifests are read as they come, so nothing is taken
 * for granted.
 */
export function at(value: unknown, ...path: JsonPath): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.prototype.hasOwnProperty.call(here, key)) {
      return undefined;
    }
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

/** The value as an object; empty when it is none. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The value as a list; empty when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text; `undefined` when it is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a number; `undefined` when it is none. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The texts of a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === 'string');
}

/** The texts of an object by their keys; labels, for one. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The value without the keys whose value is null: a server takes them as not given. Lists keep their length. */
export function withoutNulls(value: unknown): unknown {
  return hasNulls(value) ? copied(value) : value;
}

function hasNulls(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some(of => of === null || hasNulls(of));
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copied);
  }
  return typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, of]) => of !== null)
          .map(([key, of]) => [key, copied(of)]),
      );
}

/** A path as RFC 6901 writes it; JSON patches take the same. */
export function jsonPointer(path: JsonPath): string {
  return path.map(key => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** Whether a path is another one, or leads on from it. */
export function isBelow(path: JsonPath, ancestor: JsonPath): boolean {
  return ancestor.length <= path.length && ancestor.every((key, i) => path[i] === key);
}
