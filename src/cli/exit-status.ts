/** The exit status of a command. */
export enum ExitStatus {
  /** No findings. */
  CLEAN = 0,
  /** Findings. */
  FINDINGS = 1,
  /**
   * An invalid command, output that cannot be written, or input that cannot be read or audited, so that findings can be
   * missing.
   */
  UNUSABLE = 2,
  /** Findings, and input that cannot be read or audited. */
  FINDINGS_AND_UNREADABLE = 3,
}
