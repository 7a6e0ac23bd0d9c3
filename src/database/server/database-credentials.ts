import type { IConstruct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import { checkObjectName, checkSecretKey } from '../../checks/values';
import { SecretSource } from '../../pod/secret-source';

/** Where in a Secret the credentials are. */
export interface SecretCredentialsOptions {
  /**
   * The key of the password.
   *
   * @default 'password'
   */
  readonly passwordKey?: string;

  /**
   * The key of the user's name.
   *
   * @default - the name is that of the database's 'user'
   */
  readonly usernameKey?: string;

  /**
   * Whether user and password consist of letters, digits, `-`, `.`, `_` and `~` alone, so that they can stand in a URL
   * as they are.
   *
   * @default false
   */
  readonly urlSafe?: boolean;
}

/** Credentials that the cluster makes for itself. */
export interface GeneratedCredentialsOptions {
  /**
   * The name of the Secret.
   *
   * @default - the database's name and `-credentials`
   */
  readonly secretName?: string;

  /**
   * An image with `sh` and `curl`.
   *
   * @default - curl's own
   */
  readonly image?: string;
}

/**
 * Where a database's credentials are: always in a Secret, never in a manifest.
 *
 * The image makes its user at the first start, with the password as it is then. A Secret that changes later does not
 * change the database: change the password there too.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export abstract class DatabaseCredentials {
  /**
   * A Secret that something else makes: a person, the External Secrets Operator, Sealed Secrets.
   *
   * @param secret the Secret, in the namespace of the database
   * @param options its keys
   */
  public static fromSecret(secret: SecretSource, options: SecretCredentialsOptions = {}): ExistingDatabaseCredentials {
    return ExistingDatabaseCredentials._of(secret, options);
  }

  /**
   * A random password that a Job makes in the cluster once. It creates the Secret if it is missing and never overwrites
   * one; its account may create Secrets, and neither read nor change them. The Secret outlives the manifest, like the
   * data.
   *
   * @param options name and image
   */
  public static fromGeneratedSecret(options: GeneratedCredentialsOptions = {}): DatabaseCredentials {
    return new GeneratedCredentials(options);
  }

  /** @internal */
  public abstract readonly _generated?: GeneratedCredentialsOptions;

  /** @internal */
  public abstract _keys(scope: IConstruct, databaseName: string): CredentialKeys;
}

/** Credentials in a Secret that exists, such as those of a database that others run. */
export class ExistingDatabaseCredentials extends DatabaseCredentials {
  /** @internal */
  public static _of(secret: SecretSource, options: SecretCredentialsOptions): ExistingDatabaseCredentials {
    return new ExistingDatabaseCredentials(secret, options);
  }

  /** @internal */
  public readonly _generated = undefined;

  private constructor(
    /** The Secret. */
    public readonly secret: SecretSource,
    private readonly options: SecretCredentialsOptions,
  ) {
    super();
  }

  /** @internal */
  public _keys(scope: IConstruct): CredentialKeys {
    const { passwordKey = 'password', usernameKey, urlSafe = false } = this.options;
    [passwordKey, usernameKey ?? passwordKey].forEach(key => checkSecretKey(scope, key));
    return { secretName: secretName(scope, this.secret.secretName), passwordKey, usernameKey, urlSafe };
  }
}

class GeneratedCredentials extends DatabaseCredentials {
  constructor(public readonly _generated: GeneratedCredentialsOptions) {
    super();
  }

  public _keys(scope: IConstruct, databaseName: string): CredentialKeys {
    const name = this._generated.secretName ?? `${databaseName}-credentials`;
    return { secretName: secretName(scope, name), passwordKey: 'password', urlSafe: true };
  }
}

function secretName(scope: IConstruct, name: string): string {
  return checkObjectName(scope, "the Secret's name", name);
}
