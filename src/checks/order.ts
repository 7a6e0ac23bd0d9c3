/** Orders by a text, the same everywhere: by code units, not by a locale. */
export function by<T>(key: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}
