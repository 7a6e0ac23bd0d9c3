/** The exit status of a command. */
export enum ExitStatus {
  /** No findings. */
  CLEAN = 0,
  /** Findings. */
  FINDINGS = 1,
  /** An invalid command or unreadable input, so that findings can be missing. */
  UNUSABLE = 2,
}
