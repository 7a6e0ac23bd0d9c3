import type {
  MariadbVersion,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  ValkeyVersion,
} from './database-version';

/** Options common to all engines. */
export interface DatabaseEngineOptions {
  /**
   * The repository of the image, for example a mirror: `registry.example.com/library/postgres`.
   *
   * @default - the official repository
   */
  readonly repository?: string;

  /**
   * An image that is built on the official one, for example with extensions:
   * `docker.io/pgvector/pgvector:0.8.1-pg17-trixie`. Its entrypoint, paths and user must be those of `version`, which
   * must have the same major version and base. Pin it by digest if its tag moves.
   *
   * @default - the official image of `version`
   */
  readonly image?: string;
}

/** Options of PostgreSQL. */
export interface PostgresEngineOptions extends DatabaseEngineOptions {
  /** The version of PostgreSQL. */
  readonly version: PostgresVersion;
}

/** Options of MySQL. */
export interface MysqlEngineOptions extends DatabaseEngineOptions {
  /** The version of MySQL. */
  readonly version: MysqlVersion;
}

/** Options of MariaDB. */
export interface MariadbEngineOptions extends DatabaseEngineOptions {
  /** The version of MariaDB. */
  readonly version: MariadbVersion;
}

/** Options of MongoDB. */
export interface MongodbEngineOptions extends DatabaseEngineOptions {
  /** The version of MongoDB. */
  readonly version: MongodbVersion;
}

/** Options of Redis. */
export interface RedisEngineOptions extends DatabaseEngineOptions {
  /** The version of Redis. */
  readonly version: RedisVersion;
}

/** Options of Valkey. */
export interface ValkeyEngineOptions extends DatabaseEngineOptions {
  /** The version of Valkey. */
  readonly version: ValkeyVersion;
}
