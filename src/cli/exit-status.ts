/** How a command ends. */
export enum ExitStatus {
  /** Nothing was found. */
  CLEAN = 0,
  /** Something was found. */
  FINDINGS = 1,
  /** What was given cannot be used, or a part of it: there may be more to find. */
  UNUSABLE = 2,
}
