/** Where a database is that somebody else runs. */
export class DatabaseAddress {
  /**
   * A name of the DNS, or a single address.
   *
   * @param host the name, as the server's certificate has it
   * @param cidrs the blocks of addresses that it is in; any when none is given, for policies know no names
   */
  public static host(host: string, ...cidrs: string[]): DatabaseAddress {
    return new DatabaseAddress('host', host, [], cidrs);
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
   * @param cidrs the blocks of addresses that it is in; any when none is given
   */
  public static externalName(host: string, ...cidrs: string[]): DatabaseAddress {
    return new DatabaseAddress('external-name', host, [], cidrs);
  }

  private constructor(
    /** The kind of address: `host`, `addresses` or `external-name`. */
    public readonly kind: string,
    /** @internal */
    public readonly _host: string | undefined,
    /** @internal */
    public readonly _addresses: string[],
    /** @internal */
    public readonly _cidrs: string[],
  ) {}
}
