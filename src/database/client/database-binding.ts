/** How variables are named, and which there are. */
export interface VariablesBindingOptions {
  /**
   * What their names begin with: `ORDERS` for `ORDERS_HOST`, `_PORT`, `_USER`, `_PASSWORD` and `_DATABASE`.
   *
   * @default - the database's name in upper case
   */
  readonly prefix?: string;

  /**
   * Whether there is a URL too, `ORDERS_URL`. Only for credentials that need no encoding in a URL.
   *
   * @default false
   */
  readonly url?: boolean;
}

/** How an app is told where its database is and who it is there. */
export class DatabaseBinding {
  /**
   * Environment variables: host, port, user, password and database, each on its own, so that nothing has to be encoded.
   *
   * @param options names, and whether there is a URL
   */
  public static variables(options: VariablesBindingOptions = {}): DatabaseBinding {
    return new DatabaseBinding('variables', options, undefined);
  }

  /**
   * Files named `host`, `port`, `username`, `password` and `database` in a directory. A password that changes in the
   * Secret changes there.
   *
   * @param path the directory, a path of its own in the container
   */
  public static files(path: string): DatabaseBinding {
    return new DatabaseBinding('files', {}, path);
  }

  /**
   * A directory below `SERVICE_BINDING_ROOT`, as many frameworks look for it.
   *
   * @param name the directory's name; the database's when left out
   * @see https://servicebinding.io/spec/core/1.1.0/#workload-projection
   */
  public static serviceBinding(name?: string): DatabaseBinding {
    return new DatabaseBinding('service-binding', {}, name);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'variables' | 'files' | 'service-binding',
    /** @internal */
    public readonly _variables: VariablesBindingOptions,
    /** @internal */
    public readonly _path: string | undefined,
  ) {}
}
