/** The unit that a size is written in, in the configuration file of an engine. */
export enum SizeUnit {
  /** `64kB`, or `1MB` for whole megabytes, for PostgreSQL. */
  POSTGRES_KB = 'kB',
  /** `64MB`, for PostgreSQL. */
  POSTGRES_MB = 'MB',
  /** `64k`, for MySQL and MariaDB. */
  MYSQL_K = 'k',
  /** `64M`, for MySQL and MariaDB. */
  MYSQL_M = 'M',
  /** `64mb`, for Redis and Valkey. */
  REDIS_MB = 'mb',
  /** `0.25`, a number of gigabytes, for MongoDB. */
  GIGABYTES = 'GB',
}
