/**
 * Returns a function that computes a result once for each object, and keeps it as long as the object exists. A result
 * of `undefined` is computed again. Further arguments must be the same at each call for an object.
 */
export function keptByObject<K extends object, A extends unknown[], T>(
  compute: (key: K, ...context: A) => T,
): (key: K, ...context: A) => T {
  const results = new WeakMap<K, T>();
  return (key, ...context) => {
    let result = results.get(key);
    if (result === undefined) {
      result = compute(key, ...context);
      results.set(key, result);
    }
    return result;
  };
}

/** The length of the longest string whose result is kept. */
const MAX_LENGTH = 2 ** 14;

/** The total length of the strings whose results are kept, with an allowance for each result. It bounds the memory. */
const MAX_TOTAL_LENGTH = 2 ** 18;
const LENGTH_OF_RESULT = 64;

/**
 * Returns a function that keeps its results for strings that repeat, such as image references, arguments and scripts.
 * The result must depend on the string only, and callers must not change it.
 */
export function keptByString<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  let totalLength = 0;
  return text => {
    const kept = results.get(text);
    if (kept !== undefined || results.has(text)) {
      return kept!;
    }
    const result = compute(text);
    if (text.length <= MAX_LENGTH) {
      totalLength += text.length + LENGTH_OF_RESULT;
      if (totalLength > MAX_TOTAL_LENGTH) {
        results.clear();
        totalLength = 0;
      }
      results.set(text, result);
    }
    return result;
  };
}
