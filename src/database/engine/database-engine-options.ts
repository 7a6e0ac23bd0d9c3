import type {
  MariadbVersion,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  ValkeyVersion,
} from './database-version';

/** Where an engine's image comes from. */
export interface DatabaseEngineOptions {
  /**
   * A mirror of the image's repository: `registry.example.com/library/postgres`.
   *
   * @default - the official one
   */
  readonly repository?: string;
}

/** Which PostgreSQL. */
export interface PostgresEngineOptions extends DatabaseEngineOptions {
  /** The release. */
  readonly version: PostgresVersion;
}

/** Which MySQL. */
export interface MysqlEngineOptions extends DatabaseEngineOptions {
  /** The release. */
  readonly version: MysqlVersion;
}

/** Which MariaDB. */
export interface MariadbEngineOptions extends DatabaseEngineOptions {
  /** The release. */
  readonly version: MariadbVersion;
}

/** Which MongoDB. */
export interface MongodbEngineOptions extends DatabaseEngineOptions {
  /** The release. */
  readonly version: MongodbVersion;
}

/** Which Redis. */
export interface RedisEngineOptions extends DatabaseEngineOptions {
  /** The release. */
  readonly version: RedisVersion;
}

/** Which Valkey. */
export interface ValkeyEngineOptions extends DatabaseEngineOptions {
  /** The release. */
  readonly version: ValkeyVersion;
}
