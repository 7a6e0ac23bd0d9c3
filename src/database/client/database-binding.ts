import { VARIABLES_BINDING, VariablesBindingOptions } from './variables-binding-options';
import { checkArgument, checkProps } from '../../checks/props';

/** The form in which an app receives its connection settings and credentials. */
export class DatabaseBinding {
  /**
   * Environment variables for host, port, user, password and database, with a prefix or with the names that the app
   * reads. They are separate, so that the password needs no encoding.
   *
   * @param options the prefix or the names of the variables, and the form of URLs
   */
  public static variables(options: VariablesBindingOptions = {}): DatabaseBinding {
    checkProps<VariablesBindingOptions>('DatabaseBinding.variables', options, VARIABLES_BINDING);
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
