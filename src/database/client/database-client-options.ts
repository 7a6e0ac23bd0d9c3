import type { DatabaseBinding } from './database-binding';
import type { ExistingRollout } from '../../config/config-rollout';
import type { SecretSource } from '../../pod/secret-source';

/** Options of a database client. */
export interface DatabaseClientOptions {
  /**
   * The id of the client in the workload, a DNS label. It is part of the names of the client's objects.
   *
   * @default - `db-` and the name of the database
   */
  readonly id?: string;

  /**
   * The form in which the app receives its connection settings and credentials.
   *
   * @default DatabaseBinding.variables()
   */
  readonly binding?: DatabaseBinding;

  /**
   * Whether an init container with the image of the engine waits until the database accepts clients, before the app
   * starts.
   *
   * @default true
   */
  readonly waitUntilReady?: boolean;

  /**
   * A Secret with the same keys in the namespace of the app, if the database is in another namespace.
   *
   * @default - the Secret of the database
   */
  readonly secret?: SecretSource;

  /**
   * The effect of a change of the Secret, such as a new password. `ExistingRollout.live()` requires files.
   *
   * @default - running pods keep the old password in variables and read the new one from files
   */
  readonly rollout?: ExistingRollout;
}
