/** The exit status of a command. */
export enum ExitStatus {
  /** No findings. */
  CLEAN = 0,
  /** Findings. */
  FINDINGS = 1,
  /** An invalid command, or unreadable input without findings in the rest, so that findings can be missing. */
  UNUSABLE = 2,
  /** Findings, and unreadable input. */
  FINDINGS_AND_UNREADABLE = 3,
}
