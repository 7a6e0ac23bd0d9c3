/**
 * Whether the name of an object changes with its content: the server generates it, or it ends in a hash, a number, a
 * version or a date.
 */
export function isVersionedName(name: string): boolean {
  const start = name.includes('-') ? name.lastIndexOf('-') : name.indexOf('.');
  const suffix = start < 0 ? '' : name.slice(start + 1);
  return name === '' || /\d/.test(suffix) || /^(?:[0-9a-f]{8,}|[2456789bcdfghkmt]{10})$/.test(suffix);
}
