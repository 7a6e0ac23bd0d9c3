import { bitnamiDatabase } from './bitnami';
import type { DatabaseId, DatabaseImage } from './database-image';
import { HARDENED_DATABASES } from './hardened';
import { MARIADB_IMAGE } from './mariadb';
import { MONGODB_IMAGE } from './mongodb';
import { MYSQL_IMAGE } from './mysql';
import { POSTGRESQL_IMAGE } from './postgresql';
import { REDIS_IMAGE, VALKEY_IMAGE } from './redis';

/** Docker's official images, by engine. */
const OFFICIAL: Readonly<Record<DatabaseId, DatabaseImage>> = {
  postgresql: POSTGRESQL_IMAGE,
  mysql: MYSQL_IMAGE,
  mariadb: MARIADB_IMAGE,
  mongodb: MONGODB_IMAGE,
  redis: REDIS_IMAGE,
  valkey: VALKEY_IMAGE,
};

/** Docker's official images with the images built on them, Docker's hardened images, and Bitnami's. */
export const DATABASE_IMAGES: readonly DatabaseImage[] = [
  ...Object.values(OFFICIAL),
  ...HARDENED_DATABASES,
  ...Object.values(OFFICIAL).map(bitnamiDatabase),
];
