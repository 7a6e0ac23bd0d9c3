const BITS: readonly number[] = [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1];

/** Returns the permission bits that two file modes share. */
export function commonBits(mode: number, mask: number): number {
  const has = (value: number, bit: number) => Math.floor(value / bit) % 2 === 1;
  return BITS.filter(bit => has(mode, bit) && has(mask, bit)).reduce((sum, bit) => sum + bit, 0);
}

/** Returns a file mode with more permission bits. */
export function withBits(mode: number, bits: number): number {
  return mode + bits - commonBits(mode, bits);
}

/** Whether a file mode grants read access to users other than its owner and group. */
export function othersRead(mode: number): boolean {
  return commonBits(mode, 0o004) !== 0;
}

/** Whether a file mode grants write access to users other than its owner and group. */
export function othersWrite(mode: number): boolean {
  return commonBits(mode, 0o002) !== 0;
}

/** Whether a file mode grants any access to its group. */
export function groupHasRights(mode: number): boolean {
  return commonBits(mode, 0o070) !== 0;
}

/** Whether a file mode grants any access to users other than its owner and group. */
export function othersHaveRights(mode: number): boolean {
  return commonBits(mode, 0o007) !== 0;
}

/** Returns a file mode that grants read access to all users too. */
export function readableByAll(mode: number): number {
  return withBits(mode, 0o444);
}

/** Formats a file mode as in most manifests: `0444`. */
export function formatMode(mode: number): string {
  return `0${mode.toString(8)}`;
}
