import { MARIADB } from './mariadb';
import { MYSQL } from './mysql';
import { POSTGRES } from './postgres';
import { REDIS, VALKEY } from './redis';
import type { EngineBackup } from '../engine-backup';

/** The engines that can be backed up, by the `provider` of their spec, or by its `type`. */
export const ENGINE_BACKUPS: Readonly<Record<string, EngineBackup>> = {
  postgresql: POSTGRES,
  mysql: MYSQL,
  mariadb: MARIADB,
  redis: REDIS,
  valkey: VALKEY,
};

/** The reasons why other engines cannot be backed up, as full sentences. */
export const NO_BACKUPS: Readonly<Record<string, string>> = {
  mongodb: 'A dump of MongoDB without a replica set is not of one point in time, unless all writes stop.',
};
