/** What is known of the addresses behind a host's name. */
export interface DatabaseHostOptions {
  /**
   * The blocks of addresses that the host is in: `10.1.0.0/16`. Network policies know no names.
   *
   * @default - any address
   */
  readonly cidrs?: string[];
}

/** Where a database is that somebody else runs. */
export class DatabaseAddress {
  /**
   * A name of the DNS, or a single address.
   *
   * @param host the name, as the server's certificate has it
   * @param options the blocks of addresses that it is in
   */
  public static host(host: string, options: DatabaseHostOptions = {}): DatabaseAddress {
    return new DatabaseAddress('host', host, [], options.cidrs ?? []);
  }

  /**
   * Addresses behind a Service of the cluster, which gives them one name: a Service without selector, and an
   * EndpointSlice.
   *
   * @param addresses IPv4 or IPv6, all of one family
   */
  public static addresses(...addresses: string[]): DatabaseAddress {
    return new DatabaseAddress(
      'addresses',
      undefined,
      addresses,
      addresses.map(address => `${address}/${address.includes(':') ? 128 : 32}`),
    );
  }

  /**
   * A name of the cluster for a name outside: a Service of type ExternalName. A certificate has to be for the name that
   * clients use, which is the cluster's.
   *
   * @param host the name outside
   * @param options the blocks of addresses that it is in
   */
  public static externalName(host: string, options: DatabaseHostOptions = {}): DatabaseAddress {
    return new DatabaseAddress('external-name', host, [], options.cidrs ?? []);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'host' | 'addresses' | 'external-name',
    /** @internal */
    public readonly _host: string | undefined,
    /** @internal */
    public readonly _addresses: string[],
    /** @internal */
    public readonly _cidrs: string[],
  ) {}
}
