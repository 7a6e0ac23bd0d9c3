/** The path of a value in an object: keys, and indices of lists. */
export type JsonPath = readonly (string | number)[];

/**
 * Returns the value at a path, or `undefined` if the path does not exist. Manifests can be invalid, so no type is
 * assumed.
 */
export function at(value: unknown, ...path: JsonPath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.prototype.hasOwnProperty.call(current, key)) {
      return undefined;
    }
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** Returns the value if it is an object; otherwise an empty object. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Returns the value if it is a list; otherwise an empty list. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value if it is a string; otherwise `undefined`. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns the value if it is a whole number from 0, as every number of a pod or workload is; otherwise `undefined`. */
export function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Returns the strings of a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === 'string');
}

/** Returns the strings of an object by key, for example labels. The result has no other keys. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null);
  for (const [key, item] of Object.entries(record(value))) {
    if (typeof item === 'string') {
      map[key] = item;
    }
  }
  return map;
}

/** Returns the value without keys whose value is null, which a server ignores. Lists keep their length. */
export function withoutNulls(value: unknown): unknown {
  return hasNulls(value) ? copied(value) : value;
}

function hasNulls(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    if (item === null || hasNulls(item)) {
      return true;
    }
  }
  return false;
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copied);
  }
  return typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, copied(item)]),
      );
}

/**
 * Returns a path as a JSON pointer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function jsonPointer(path: JsonPath): string {
  return path.map(key => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/**
 * Returns the path of a JSON pointer in a document; `undefined` if it is not a JSON pointer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function parseJsonPointer(pointer: string, document: unknown): JsonPath | undefined {
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer)) {
    return undefined;
  }
  let value = document;
  return pointer
    .split('/')
    .slice(1)
    .map(token => {
      const key = token.replace(/~1/g, '/').replace(/~0/g, '~');
      const step = Array.isArray(value) && /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : key;
      value = at(value, step);
      return step;
    });
}

/** Whether a path is equal to another path or below it. */
export function isBelow(path: JsonPath, ancestor: JsonPath): boolean {
  return ancestor.length <= path.length && ancestor.every((key, i) => path[i] === key);
}
