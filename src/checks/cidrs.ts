import { isIPv6 } from 'net';
import type { IConstruct } from 'constructs';
import { fail } from './fail';
import { isAddress } from './ip-address';

/**
 * Refuses a list that contains anything but CIDR blocks.
 *
 * @param location the construct, or the API name before a construct exists
 */
export function checkCidrs(location: IConstruct | string, prop: string, cidrs: readonly string[] = []): void {
  const invalid = cidrs.find(cidr => !isCidr(cidr));
  if (invalid !== undefined) {
    fail(
      location,
      `${prop} contains '${invalid}', which is not a CIDR block.`,
      "Write an address and a prefix length, for example '10.1.0.0/16'.",
    );
  }
}

/** Returns the block of one address. */
export function addressBlock(address: string): string {
  return `${address}/${isIPv6(address) ? 128 : 32}`;
}

/** Whether a string is an address and a prefix length. */
export function isCidr(text: string): boolean {
  const [address, length, ...rest] = String(text).split('/');
  return (
    isAddress(address) &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(length) &&
    Number(length) <= (isIPv6(address) ? 128 : 32)
  );
}
