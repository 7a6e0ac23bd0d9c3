import { isIP } from 'net';

/** An IPv4 address as IPv6, in the form that a URL gives it. */
const MAPPED = /^\[::ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4}\]$/;

/**
 * Whether a string is an address as Kubernetes accepts it: without brackets, without a zone such as `%eth0`, which only
 * means something on one node, and not an IPv4 address written as IPv6.
 */
export function isAddress(text: string): boolean {
  const family = isIP(text);
  return family === 4 || (family === 6 && !text.includes('%') && !MAPPED.test(new URL(`http://[${text}]`).hostname));
}
