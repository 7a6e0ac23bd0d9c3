import type { DatabaseBinding } from './database-binding';
import type { SecretSource } from '../../pod/secret-source';

/** What an app gets of a database, and how. */
export interface DatabaseClientOptions {
  /**
   * The client's id in the workload, a DNS label; part of the names of its objects.
   *
   * @default - `db-` and the database's name
   */
  readonly id?: string;

  /**
   * How the app is told host, user and password.
   *
   * @default DatabaseBinding.variables()
   */
  readonly binding?: DatabaseBinding;

  /**
   * Whether the app starts only once the database serves. It is the engine's own image that looks, before the app.
   *
   * @default true
   */
  readonly waitUntilReady?: boolean;

  /**
   * A Secret with the same keys in the app's own namespace, where the database is in another.
   *
   * @default - the database's
   */
  readonly secret?: SecretSource;
}
