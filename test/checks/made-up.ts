// made-up values, which are put together at run time so that scanners do not report this file
const ALPHABET = 'kT7wPz3QmXv9RbLd5YcHs2JfNg8Ae4Ut6';

/** Returns made-up characters. */
export function made(length: number, alphabet = ALPHABET): string {
  return Array.from({ length }, (_, i) => alphabet[(i * 7 + length * 3) % alphabet.length]).join('');
}
export const hex = (length: number) => made(length, '3a7f09c4e1b8d256');
export const upper = (length: number) => made(length, 'QZ7XK4MB2TJ5WV3N');
export const lower = (length: number) => made(length, 'kqzwvxjhbtmdcfgp');
export const join = (...parts: string[]) => parts.join('');
export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const pem = (label: string) =>
  join('-----BEGIN ', label, '-----\n', made(64), '\n', made(40), '\n-----END ', label, '-----\n');
