/** Whether a file mode grants read access to users other than its owner and group. */
export function othersRead(mode: number): boolean {
  return mode % 8 >= 4;
}

/** Whether a file mode grants any access to its group. */
export function groupHasRights(mode: number): boolean {
  return Math.floor(mode / 8) % 8 !== 0;
}

/** Whether a file mode grants any access to users other than its owner and group. */
export function othersHaveRights(mode: number): boolean {
  return mode % 8 !== 0;
}

/** Returns a file mode that grants read access to all users too. */
export function readableByAll(mode: number): number {
  return [64, 8, 1].reduce((sum, digit) => (Math.floor(mode / digit) % 8 >= 4 ? sum : sum + 4 * digit), mode);
}
