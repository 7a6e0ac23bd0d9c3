/** How the replicas of a database come to the same data. */
export class Replication {
  /**
   * Not at all: each replica is a database of its own, with its own volume and its own name. Clients name one of them.
   *
   * @param reason why that is right, in at least three words
   */
  public static none(reason: string): Replication {
    return new Replication('none', reason);
  }

  private constructor(
    /** The kind of replication: `none`. */
    public readonly kind: string,
    /** Why it is right. */
    public readonly reason: string,
  ) {}
}
