/** The unit that a size is written in, in the configuration file of an engine. */
export enum SizeUnit {
  /** Kilobytes in PostgreSQL: `64kB`, or `1MB` for whole megabytes. */
  POSTGRES_KB = 'kB',
  /** Megabytes in PostgreSQL: `64MB`. */
  POSTGRES_MB = 'MB',
  /** Kilobytes in MySQL and MariaDB: `64k`. */
  MYSQL_K = 'k',
  /** Megabytes in MySQL and MariaDB: `64M`. */
  MYSQL_M = 'M',
  /** Megabytes in Redis and Valkey: `64mb`. */
  REDIS_MB = 'mb',
  /** Gigabytes in MongoDB, without a unit: `0.25`. */
  GIGABYTES = 'GB',
}
