/**
 * A version of PostgreSQL, pinned to the patch release and the base of its image.
 *
 * @see https://hub.docker.com/_/postgres
 */
export class PostgresVersion {
  /** PostgreSQL 14. */
  public static readonly V14 = new PostgresVersion('14.24-trixie');
  /** PostgreSQL 15. */
  public static readonly V15 = new PostgresVersion('15.19-trixie');
  /** PostgreSQL 16. */
  public static readonly V16 = new PostgresVersion('16.15-trixie');
  /** PostgreSQL 17. */
  public static readonly V17 = new PostgresVersion('17.11-trixie');
  /** PostgreSQL 18. */
  public static readonly V18 = new PostgresVersion('18.6-trixie');

  /**
   * Another version.
   *
   * @param tag the image tag with patch release and base, such as `18.6-trixie`; a digest can follow it
   */
  public static of(tag: string): PostgresVersion {
    return new PostgresVersion(tag);
  }

  private constructor(
    /** The image's tag. */
    public readonly tag: string,
  ) {}
}

/**
 * A version of MySQL, pinned to the patch release and the base of its image.
 *
 * @see https://hub.docker.com/_/mysql
 */
export class MysqlVersion {
  /** MySQL 8.4 LTS. */
  public static readonly V8_4 = new MysqlVersion('8.4.11-oraclelinux9');
  /** MySQL 9.7. */
  public static readonly V9 = new MysqlVersion('9.7.2-oraclelinux9');

  /**
   * Another version.
   *
   * @param tag the image tag with patch release and base, such as `9.7.2-oraclelinux9`; a digest can follow it
   */
  public static of(tag: string): MysqlVersion {
    return new MysqlVersion(tag);
  }

  private constructor(
    /** The image's tag. */
    public readonly tag: string,
  ) {}
}

/**
 * A version of MariaDB, pinned to the patch release and the base of its image.
 *
 * @see https://hub.docker.com/_/mariadb
 */
export class MariadbVersion {
  /** MariaDB 11.4 LTS. */
  public static readonly V11_4 = new MariadbVersion('11.4.12-noble');
  /** MariaDB 11.8 LTS. */
  public static readonly V11_8 = new MariadbVersion('11.8.8-noble');

  /**
   * Another version.
   *
   * @param tag the image tag with patch release and base, such as `11.8.8-noble`; a digest can follow it
   */
  public static of(tag: string): MariadbVersion {
    return new MariadbVersion(tag);
  }

  private constructor(
    /** The image's tag. */
    public readonly tag: string,
  ) {}
}

/**
 * A version of MongoDB, pinned to the patch release and the base of its image.
 *
 * @see https://hub.docker.com/_/mongo
 */
export class MongodbVersion {
  /** MongoDB 7.0. */
  public static readonly V7 = new MongodbVersion('7.0.40-jammy');
  /** MongoDB 8.0. */
  public static readonly V8 = new MongodbVersion('8.0.29-noble');

  /**
   * Another version.
   *
   * @param tag the image tag with patch release and base, such as `8.0.29-noble`; a digest can follow it
   */
  public static of(tag: string): MongodbVersion {
    return new MongodbVersion(tag);
  }

  private constructor(
    /** The image's tag. */
    public readonly tag: string,
  ) {}
}

/**
 * A version of Redis, pinned to the patch release and the base of its image.
 *
 * @see https://hub.docker.com/_/redis
 */
export class RedisVersion {
  /** Redis 7.4. */
  public static readonly V7 = new RedisVersion('7.4.11-bookworm');
  /** Redis 8.2. */
  public static readonly V8 = new RedisVersion('8.2.9-bookworm');

  /**
   * Another version.
   *
   * @param tag the image tag with patch release and base, such as `8.2.9-bookworm`; a digest can follow it
   */
  public static of(tag: string): RedisVersion {
    return new RedisVersion(tag);
  }

  private constructor(
    /** The image's tag. */
    public readonly tag: string,
  ) {}
}

/**
 * A version of Valkey, pinned to the patch release and the base of its image.
 *
 * @see https://hub.docker.com/r/valkey/valkey
 */
export class ValkeyVersion {
  /** Valkey 8.1. */
  public static readonly V8 = new ValkeyVersion('8.1.11-trixie');
  /** Valkey 9.0. */
  public static readonly V9 = new ValkeyVersion('9.0.8-trixie');

  /**
   * Another version.
   *
   * @param tag the image tag with patch release and base, such as `9.0.8-trixie`; a digest can follow it
   */
  public static of(tag: string): ValkeyVersion {
    return new ValkeyVersion(tag);
  }

  private constructor(
    /** The image's tag. */
    public readonly tag: string,
  ) {}
}
