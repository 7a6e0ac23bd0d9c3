import type { IConstruct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import { checkArgument, checkProps, PropTable, optional } from '../../checks/props';
import { checkObjectName, checkSecretKey } from '../../checks/values';
import { SecretSource } from '../../pod/secret-source';

/** The keys of the credentials in a Secret. */
export interface SecretCredentialsOptions {
  /**
   * The key of the password.
   *
   * @default 'password'
   */
  readonly passwordKey?: string;

  /**
   * The key of the user name.
   *
   * @default - the Secret does not contain the user name; the database's `user` is used
   */
  readonly usernameKey?: string;

  /**
   * Whether user name and password only contain letters, digits, `-`, `.`, `_` and `~`, so that they can be part of a
   * URL without encoding.
   *
   * @default false
   */
  readonly urlSafe?: boolean;
}

/** Options of generated credentials. */
export interface GeneratedCredentialsOptions {
  /**
   * The name of the Secret.
   *
   * @default - the name of the database and `-credentials`
   */
  readonly secretName?: string;

  /**
   * The image of the Job that creates the Secret. It must contain `sh` and `curl`.
   *
   * @default - the image of curl, pinned
   */
  readonly image?: string;
}

const SECRET: PropTable<SecretCredentialsOptions> = {
  passwordKey: optional('string'),
  usernameKey: optional('string'),
  urlSafe: optional('boolean'),
};
const GENERATED: PropTable<GeneratedCredentialsOptions> = { secretName: optional('string'), image: optional('string') };

/**
 * The credentials of a database. They are always in a Secret, and never in a manifest.
 *
 * The image creates its user with the password at the first start. If the Secret changes later, the password of the
 * user does not: change it in the database too.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export abstract class DatabaseCredentials {
  /**
   * Credentials in a Secret that you or a tool create, such as the External Secrets Operator or Sealed Secrets.
   *
   * @param secret the Secret, in the namespace of the database
   * @param options the keys in the Secret
   */
  public static fromSecret(secret: SecretSource, options: SecretCredentialsOptions = {}): ExistingDatabaseCredentials {
    checkArgument('DatabaseCredentials.fromSecret', 'secret', secret, 'SecretSource.fromName("orders-db")');
    checkProps('DatabaseCredentials.fromSecret', options, SECRET);
    return ExistingDatabaseCredentials._of(secret, options);
  }

  /**
   * A random password that a Job generates in the cluster. The Job creates the Secret if it does not exist, and never
   * overwrites it; its ServiceAccount can create Secrets, but not read or change them. Like the data, the Secret
   * remains if the manifest is deleted.
   *
   * @param options the name of the Secret and the image of the Job
   */
  public static fromGeneratedSecret(options: GeneratedCredentialsOptions = {}): DatabaseCredentials {
    checkProps('DatabaseCredentials.fromGeneratedSecret', options, GENERATED);
    return new GeneratedCredentials(options);
  }

  /** @internal */
  public abstract readonly _generated?: GeneratedCredentialsOptions;

  /** @internal */
  public abstract _keys(scope: IConstruct, databaseName: string): CredentialKeys;
}

/** Credentials in an existing Secret. */
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
    return { secretName: checkSecretName(scope, this.secret.secretName), passwordKey, usernameKey, urlSafe };
  }
}

class GeneratedCredentials extends DatabaseCredentials {
  constructor(public readonly _generated: GeneratedCredentialsOptions) {
    super();
  }

  public _keys(scope: IConstruct, databaseName: string): CredentialKeys {
    const name = this._generated.secretName ?? `${databaseName}-credentials`;
    return { secretName: checkSecretName(scope, name), passwordKey: 'password', urlSafe: true };
  }
}

function checkSecretName(scope: IConstruct, name: string): string {
  return checkObjectName(scope, 'the Secret', name);
}
