/** A Prometheus exporter, which runs as a sidecar of the server. */
export interface ExporterSpec {
  /** The image, pinned by a tag or digest. */
  readonly image: string;

  /** The port that serves `/metrics`. */
  readonly port: number;

  /**
   * The arguments. `{user}` stands for the user, and `{port}` for the port of the server.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Environment variables. `{user}` stands for the user, and `{port}` for the port of the server.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;

  /**
   * The variable with the path of the password file.
   *
   * @default - the exporter cannot read the password from a file
   */
  readonly passwordFileVariable?: string;

  /**
   * The variable with the password. Set it for an exporter that cannot read the password from a file.
   *
   * @default - none
   */
  readonly passwordVariable?: string;
}
