/** Whether a mode gives others than its owner and group a right to read. */
export function othersRead(mode: number): boolean {
  return mode % 8 >= 4;
}

/** Whether a mode gives its group any right. */
export function groupHasRights(mode: number): boolean {
  return Math.floor(mode / 8) % 8 !== 0;
}

/** Whether a mode gives others than its owner and group any right. */
export function othersHaveRights(mode: number): boolean {
  return mode % 8 !== 0;
}
