import type { CaCertificate } from '../pod/ca-certificate';
import type { SecretSource } from '../pod/secret-source';

/** A key of a Secret. */
export interface SecretKey {
  /** The Secret. */
  readonly secret: SecretSource;

  /** The key in it. */
  readonly key: string;
}

/** A user and a password from one Secret. */
export interface BasicAuthOptions {
  /** The Secret. */
  readonly secret: SecretSource;

  /**
   * The key of the user's name.
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

/** A token or shared key from a Secret. */
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

/** An access key of an object store from one Secret. */
export interface AccessKeyAuthOptions {
  /** The Secret. */
  readonly secret: SecretSource;

  /**
   * The key of the access key's id.
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

/**
 * How a collector proves to a sink who it is. Credentials come from Secrets alone, as files that only the collector
 * mounts; no
 * manifest, log or argument holds one. Fluent Bit takes the access key for S3 from variables, and a custom collector
 * all of them.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class LogAuth {
  /**
   * A user and a password: HTTP Basic, or SASL with SCRAM-SHA-512 for Kafka.
   *
   * @param options the Secret and its keys
   */
  public static basic(options: BasicAuthOptions): LogAuth {
    const { secret, usernameKey = 'username', passwordKey = 'password' } = options;
    return new LogAuth('basic', { USERNAME: { secret, key: usernameKey }, PASSWORD: { secret, key: passwordKey } });
  }

  /**
   * A bearer token of HTTP.
   *
   * @param options the Secret and its key
   */
  public static bearer(options: TokenAuthOptions): LogAuth {
    return new LogAuth('bearer', { TOKEN: { secret: options.secret, key: options.key ?? 'token' } });
  }

  /**
   * The shared key of the Fluentd forward protocol.
   *
   * @param options the Secret and its key
   */
  public static sharedKey(options: TokenAuthOptions): LogAuth {
    return new LogAuth('sharedKey', { SHARED_KEY: { secret: options.secret, key: options.key ?? 'token' } });
  }

  /**
   * An access key of S3 or of a store that speaks its protocol.
   *
   * @param options the Secret and its keys
   */
  public static accessKey(options: AccessKeyAuthOptions): LogAuth {
    const { secret, accessKeyIdKey = 'access-key-id', secretAccessKeyKey = 'secret-access-key' } = options;
    return new LogAuth('accessKey', {
      ACCESS_KEY_ID: { secret, key: accessKeyIdKey },
      SECRET_ACCESS_KEY: { secret, key: secretAccessKeyKey },
    });
  }

  /**
   * No credential, for a reason that others can read: the sink trusts the network, or the cloud gives the pod a role.
   *
   * @param reason why, in at least three words
   */
  public static none(reason: string): LogAuth {
    return new LogAuth('none', {}, reason);
  }

  /** @internal */
  public readonly _keys: Record<string, SecretKey>;

  private constructor(
    /** @internal */
    public readonly _kind: 'basic' | 'bearer' | 'sharedKey' | 'accessKey' | 'none',
    keys: Record<string, SecretKey>,
    /** Why there is no credential, where there is none. */
    public readonly reason?: string,
  ) {
    this._keys = keys;
  }
}

/** How the connection to a sink is encrypted. */
export class LogTls {
  /** Encrypted, and the server checked with the certificate authorities of the collector's image. */
  public static on(): LogTls {
    return new LogTls(true);
  }

  /**
   * Encrypted, and the server checked with a certificate authority of your own.
   *
   * @param certificate its certificate
   */
  public static withCa(certificate: CaCertificate): LogTls {
    return new LogTls(true, certificate);
  }

  /**
   * In the clear, for a reason that others can read.
   *
   * @param reason why, in at least three words
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
    /** Why it is not, where it is not. */
    public readonly reason?: string,
  ) {
    this._ca = ca;
  }
}
