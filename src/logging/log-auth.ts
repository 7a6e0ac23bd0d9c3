import { checkProps, PropTable, required, optional } from '../checks/props';
import type { CaCertificate } from '../pod/ca-certificate';
import type { SecretSource } from '../pod/secret-source';

/** A key of a Secret. */
export interface SecretKey {
  /** The Secret. */
  readonly secret: SecretSource;

  /** The key in the Secret. */
  readonly key: string;
}

/** Options of `LogAuth.basic`. */
export interface BasicAuthOptions {
  /** The Secret. */
  readonly secret: SecretSource;

  /**
   * The key of the user name.
   *
   * @default 'username'
   */
  readonly usernameKey?: string;

  /**
   * The key of the password.
   *
   * @default 'password'
   */
  readonly passwordKey?: string;
}

/** Options of `LogAuth.bearer` and `LogAuth.sharedKey`. */
export interface TokenAuthOptions {
  /** The Secret. */
  readonly secret: SecretSource;

  /**
   * The key of the token.
   *
   * @default 'token'
   */
  readonly key?: string;
}

/** Options of `LogAuth.accessKey`. */
export interface AccessKeyAuthOptions {
  /** The Secret. */
  readonly secret: SecretSource;

  /**
   * The key of the access key ID.
   *
   * @default 'access-key-id'
   */
  readonly accessKeyIdKey?: string;

  /**
   * The key of the secret access key.
   *
   * @default 'secret-access-key'
   */
  readonly secretAccessKeyKey?: string;
}

const SECRET = { secret: required('SecretSource.fromName("log-sink")') };
const BASIC: PropTable<BasicAuthOptions> = {
  ...SECRET,
  usernameKey: optional('string'),
  passwordKey: optional('string'),
};
const TOKEN: PropTable<TokenAuthOptions> = { ...SECRET, key: optional('string') };
const ACCESS_KEY: PropTable<AccessKeyAuthOptions> = {
  ...SECRET,
  accessKeyIdKey: optional('string'),
  secretAccessKeyKey: optional('string'),
};

/** The kinds of credentials, named after the factories of `LogAuth`. */
export type CredentialKind = 'basic' | 'bearer' | 'sharedKey' | 'accessKey' | 'none';

/**
 * The credential that a collector sends to a sink. Credentials come only from Secrets, as files that only the collector
 * mounts: no manifest, log or argument contains one. Fluent Bit reads the access key for S3 from environment variables,
 * and a custom collector reads all credentials from environment variables.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class LogAuth {
  /**
   * Uses a user name and a password: HTTP Basic, or SASL with SCRAM-SHA-512 for Kafka.
   *
   * @param options the Secret and its keys
   */
  public static basic(options: BasicAuthOptions): LogAuth {
    checkProps('LogAuth.basic', options, BASIC);
    const { secret, usernameKey = 'username', passwordKey = 'password' } = options;
    return new LogAuth('basic', { USERNAME: { secret, key: usernameKey }, PASSWORD: { secret, key: passwordKey } });
  }

  /**
   * Uses a bearer token for HTTP.
   *
   * @param options the Secret and its key
   */
  public static bearer(options: TokenAuthOptions): LogAuth {
    checkProps('LogAuth.bearer', options, TOKEN);
    return new LogAuth('bearer', { TOKEN: { secret: options.secret, key: options.key ?? 'token' } });
  }

  /**
   * Uses a shared key for the Fluentd forward protocol.
   *
   * @param options the Secret and its key
   */
  public static sharedKey(options: TokenAuthOptions): LogAuth {
    checkProps('LogAuth.sharedKey', options, TOKEN);
    return new LogAuth('sharedKey', { SHARED_KEY: { secret: options.secret, key: options.key ?? 'token' } });
  }

  /**
   * Uses an access key for S3 or a compatible object store.
   *
   * @param options the Secret and its keys
   */
  public static accessKey(options: AccessKeyAuthOptions): LogAuth {
    checkProps('LogAuth.accessKey', options, ACCESS_KEY);
    const { secret, accessKeyIdKey = 'access-key-id', secretAccessKeyKey = 'secret-access-key' } = options;
    return new LogAuth('accessKey', {
      ACCESS_KEY_ID: { secret, key: accessKeyIdKey },
      SECRET_ACCESS_KEY: { secret, key: secretAccessKeyKey },
    });
  }

  /**
   * Uses no credential, for example because the sink trusts the network or the cloud provider assigns the pod a role.
   *
   * @param reason the reason, in at least three words
   */
  public static none(reason: string): LogAuth {
    return new LogAuth('none', {}, reason);
  }

  /** @internal */
  public readonly _keys: Record<string, SecretKey>;

  private constructor(
    /** @internal */
    public readonly _kind: CredentialKind,
    keys: Record<string, SecretKey>,
    /** The reason for using no credential. */
    public readonly reason?: string,
  ) {
    this._keys = keys;
  }
}

/** The encryption of the connection to a sink. */
export class LogTls {
  /** Encrypts the connection, and verifies the server with the certificate authorities of the collector's image. */
  public static on(): LogTls {
    return new LogTls(true);
  }

  /**
   * Encrypts the connection, and verifies the server with another certificate authority.
   *
   * @param certificate the certificate of the authority
   */
  public static withCa(certificate: CaCertificate): LogTls {
    return new LogTls(true, certificate);
  }

  /**
   * Does not encrypt the connection.
   *
   * @param reason the reason, in at least three words
   */
  public static off(reason: string): LogTls {
    return new LogTls(false, undefined, reason);
  }

  /** @internal */
  public readonly _ca?: CaCertificate;

  private constructor(
    /** Whether the connection is encrypted. */
    public readonly enabled: boolean,
    ca?: CaCertificate,
    /** The reason for not encrypting the connection. */
    public readonly reason?: string,
  ) {
    this._ca = ca;
  }
}
