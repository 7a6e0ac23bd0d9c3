/**
 * Returns a function that computes a result once for each object, and keeps it as long as the object exists. A result
 * of `undefined` is computed again.
 */
export function keptByObject<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const results = new WeakMap<K, T>();
  return key => {
    let result = results.get(key);
    if (result === undefined) {
      result = compute(key);
      results.set(key, result);
    }
    return result;
  };
}

/** The length of the strings whose results are kept, and the number of results. They bound the memory. */
const MAX_LENGTH = 256;
const MAX_RESULTS = 2048;

/**
 * Returns a function that keeps its results for short strings that repeat, such as image references and arguments. The
 * result must depend on the string only, and callers must not change it.
 */
export function keptByString<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return text => {
    const kept = results.get(text);
    if (kept !== undefined || results.has(text)) {
      return kept!;
    }
    const result = compute(text);
    if (text.length <= MAX_LENGTH) {
      if (results.size >= MAX_RESULTS) {
        results.clear();
      }
      results.set(text, result);
    }
    return result;
  };
}
