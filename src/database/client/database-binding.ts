import { checkArgument, checkProps, PropTable, optional } from '../../checks/props';

/** Options of environment variables with the connection settings. */
export interface VariablesBindingOptions {
  /**
   * The prefix of the names: `ORDERS` for `ORDERS_HOST`, `_PORT`, `_USER`, `_PASSWORD` and `_DATABASE`.
   *
   * @default - the name of the database in uppercase
   */
  readonly prefix?: string;

  /**
   * Whether to add a variable with a URL, such as `ORDERS_URL`. Only for credentials that need no encoding in a URL.
   *
   * @default false
   */
  readonly url?: boolean;
}

const VARIABLES: PropTable<VariablesBindingOptions> = { prefix: optional('string'), url: optional('boolean') };

/** The form in which an app receives its connection settings and credentials. */
export class DatabaseBinding {
  /**
   * Environment variables for host, port, user, password and database. They are separate, so that the password needs
   * no encoding.
   *
   * @param options the prefix of the names, and whether to add a URL
   */
  public static variables(options: VariablesBindingOptions = {}): DatabaseBinding {
    checkProps('DatabaseBinding.variables', options, VARIABLES);
    return new DatabaseBinding('variables', options, undefined);
  }

  /**
   * Files named `host`, `port`, `username`, `password` and `database`. If the password in the Secret changes, the file
   * changes too.
   *
   * @param path the directory in the container, which must not contain other files
   */
  public static files(path: string): DatabaseBinding {
    checkArgument('DatabaseBinding.files', 'path', path, '"/run/orders"');
    return new DatabaseBinding('files', {}, path);
  }

  /**
   * A directory below `SERVICE_BINDING_ROOT`, which many frameworks support.
   *
   * @param name the name of the directory; by default the name of the database
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
