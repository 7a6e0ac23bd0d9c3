/** How an engine writes sizes in its configuration file. */
export enum SizeUnit {
  /** `64kB`, and `1MB` for whole megabytes, as PostgreSQL reads them. */
  POSTGRES_KB = 'kB',
  /** `64MB`, as PostgreSQL reads them. */
  POSTGRES_MB = 'MB',
  /** `64k`, as MySQL and MariaDB read them. */
  MYSQL_K = 'k',
  /** `64M`, as MySQL and MariaDB read them. */
  MYSQL_M = 'M',
  /** `64mb`, as Redis and Valkey read them. */
  REDIS_MB = 'mb',
  /** `0.25`, a number of gigabytes, as MongoDB reads them. */
  GIGABYTES = 'GB',
}
