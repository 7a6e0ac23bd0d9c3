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
export class DatabaseCredentials {
  /**
   * A Secret that something else makes: a person, the External Secrets Operator, Sealed Secrets.
   *
   * @param secret the Secret, in the namespace of the database
   * @param options its keys
   */
  public static fromSecret(secret: SecretSource, options: SecretCredentialsOptions = {}): DatabaseCredentials {
    return new DatabaseCredentials(options, secret, undefined);
  }

  /**
   * A random password that a Job makes in the cluster once. It creates the Secret if it is missing and never overwrites
   * one; its account may create Secrets, and neither read nor change them. The Secret outlives the manifest, like the
   * data.
   *
   * @param options name and image
   */
  public static generated(options: GeneratedCredentialsOptions = {}): DatabaseCredentials {
    return new DatabaseCredentials({ urlSafe: true }, undefined, options);
  }

  private constructor(
    private readonly options: SecretCredentialsOptions,
    private readonly secret?: SecretSource,
    /** @internal */
    public readonly _generated?: GeneratedCredentialsOptions,
  ) {}

  /** @internal */
  public _keys(scope: IConstruct, databaseName: string): CredentialKeys {
    const { passwordKey = 'password', usernameKey, urlSafe = false } = this.options;
    [passwordKey, usernameKey ?? passwordKey].forEach(key => checkSecretKey(scope, key));
    const secretName = this.secret?.secretName ?? this._generated?.secretName ?? `${databaseName}-credentials`;
    return { secretName: checkObjectName(scope, "the Secret's name", secretName), passwordKey, usernameKey, urlSafe };
  }
}
