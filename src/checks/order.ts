/** Returns a comparator for a string key, by code units, so that the order does not depend on a locale. */
export function compareBy<T>(key: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}
