/** A program that tells Prometheus about a database, in a container beside it. */
export interface ExporterSpec {
  /** The image, pinned. */
  readonly image: string;

  /** The port of its `/metrics`. */
  readonly port: number;

  /**
   * Its arguments. `{user}` stands for the user.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Its environment variables. `{user}` stands for the user.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;

  /**
   * The variable for the path of the password's file.
   *
   * @default - it cannot read files
   */
  readonly passwordFileVariable?: string;

  /**
   * The variable for the password itself, where the program cannot read a file.
   *
   * @default - none
   */
  readonly passwordVariable?: string;
}
