import type { CaCertificate } from '../../pod/ca-certificate';

/** The connection settings of a database. */
export interface DatabaseEndpoint {
  /** The name of the database, a DNS label. It is the default for client ids and prefixes of variables. */
  readonly name: string;

  /** The protocol: `postgresql`, `mysql`, `mongodb`, `redis`, or your own. */
  readonly type: string;

  /**
   * The `provider` of a service binding.
   *
   * @default - the type
   */
  readonly provider?: string;

  /** The host name or IP address. */
  readonly host: string;

  /** The port. */
  readonly port: number;

  /** The user name, if the Secret does not contain it. */
  readonly user: string;

  /**
   * The name of the database on the server.
   *
   * @default - none
   */
  readonly database?: string;

  /** The name of the Secret with the password. */
  readonly secretName: string;

  /** The key of the password. */
  readonly passwordKey: string;

  /**
   * The key of the user name.
   *
   * @default - the Secret does not contain the user name; `user` is used
   */
  readonly usernameKey?: string;

  /**
   * Whether user name and password can be part of a URL without encoding.
   *
   * @default false
   */
  readonly urlSafe?: boolean;

  /**
   * The scheme of a URL: the part before `://`.
   *
   * @default - the type
   */
  readonly uriScheme?: string;

  /**
   * The query of a URL: the part after `?`.
   *
   * @default - none
   */
  readonly uriQuery?: string;

  /**
   * The certificate of the authority that signed the certificate of the server.
   *
   * @default - clients get no certificate
   */
  readonly caCertificate?: CaCertificate;

  /**
   * The namespace of the database and its Secret.
   *
   * @default - the namespace of each client
   */
  readonly namespace?: string;

  /**
   * The labels that select the pods of the database, if it runs in the cluster.
   *
   * @default - clients can connect to the blocks in `cidrs`
   */
  readonly podLabels?: Record<string, string>;

  /**
   * Whether the database only admits clients that a NetworkPolicy names.
   *
   * @default false
   */
  readonly requiresNetworkPolicy?: boolean;

  /**
   * The CIDR blocks that contain the database, if it runs outside the cluster.
   *
   * @default - clients can connect to the port at any address
   */
  readonly cidrs?: string[];

  /**
   * The image of the init container that waits for the database.
   *
   * @default - clients do not wait for the database
   */
  readonly waitImage?: string;

  /**
   * A command in that image that succeeds if the database accepts clients. Its environment contains `DB_HOST` and
   * `DB_PORT`.
   *
   * @default - `bash` connects to the port
   */
  readonly waitCommand?: string[];
}
