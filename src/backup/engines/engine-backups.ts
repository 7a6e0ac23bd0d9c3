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
