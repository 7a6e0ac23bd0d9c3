import type { CaCertificate } from '../../pod/ca-certificate';

/** All that a client has to know of a database. */
export interface DatabaseEndpoint {
  /** The database's name, a DNS label: the client's id, and what its variables begin with. */
  readonly name: string;

  /** The protocol it speaks: `postgresql`, `mysql`, `mongodb`, `redis`. */
  readonly type: string;

  /**
   * Who makes it.
   *
   * @default - the type
   */
  readonly provider?: string;

  /** The host's name or address. */
  readonly host: string;

  /** The port. */
  readonly port: number;

  /** The user's name, where it is not in the Secret. */
  readonly user: string;

  /**
   * The database on the server.
   *
   * @default - none
   */
  readonly database?: string;

  /** The Secret with the password. */
  readonly secretName: string;

  /** The key of the password. */
  readonly passwordKey: string;

  /**
   * The key of the user's name.
   *
   * @default - the name is `user`
   */
  readonly usernameKey?: string;

  /**
   * Whether user and password can stand in a URL as they are.
   *
   * @default false
   */
  readonly urlSafe?: boolean;

  /**
   * The part of a URL before `://`.
   *
   * @default - the type
   */
  readonly uriScheme?: string;

  /**
   * What a URL ends with, after `?`.
   *
   * @default - nothing
   */
  readonly uriQuery?: string;

  /**
   * What certifies the server.
   *
   * @default - nothing is said of TLS
   */
  readonly caCertificate?: CaCertificate;

  /**
   * The namespace that the database and its Secret are in.
   *
   * @default - that of each client
   */
  readonly namespace?: string;

  /**
   * The labels that select its pods, where it runs in the cluster behind a network policy.
   *
   * @default - clients may reach the blocks of `cidrs` instead
   */
  readonly podLabels?: Record<string, string>;

  /**
   * Whether it lets in those clients alone that a policy names.
   *
   * @default false
   */
  readonly requiresNetworkPolicy?: boolean;

  /**
   * The blocks of addresses that it is in, where it runs elsewhere.
   *
   * @default - any
   */
  readonly cidrs?: string[];

  /**
   * An image whose programs can tell that it serves.
   *
   * @default - clients do not wait for it
   */
  readonly waitImage?: string;

  /**
   * The program of that image which does, with `DB_HOST` and `DB_PORT` in its environment.
   *
   * @default - `bash` opens the port
   */
  readonly waitCommand?: string[];
}
