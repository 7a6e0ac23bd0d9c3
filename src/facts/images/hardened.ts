import type { DatabaseImage } from './database-image';
import { MARIADB_IMAGE } from './mariadb';
import { MONGODB_IMAGE } from './mongodb';
import { MYSQL_IMAGE } from './mysql';
import { POSTGRESQL_IMAGE } from './postgresql';
import { REDIS_IMAGE, VALKEY_IMAGE } from './redis';

const SOURCES = ['https://github.com/docker-hardened-images/catalog/tree/main/image'];

/** Returns the facts of a Docker Hardened Image: it starts as the user of the server, and declares no `VOLUME`. */
function hardened(official: DatabaseImage, name: string, facts: Partial<DatabaseImage>): DatabaseImage {
  return {
    ...official,
    repositories: [`dhi.io/${name}`],
    derivatives: undefined,
    releases: undefined,
    sources: SOURCES,
    volumes: undefined,
    user: 65532,
    ...facts,
  };
}

/** The Docker Hardened Images of database engines. */
export const HARDENED_DATABASES: readonly DatabaseImage[] = [
  hardened(POSTGRESQL_IMAGE, 'postgres', {
    user: 70,
    layouts: [{ volume: '/var/lib/postgresql', data: '/var/lib/postgresql/{major}/data' }],
  }),
  hardened(MYSQL_IMAGE, 'mysql', {}),
  hardened(MARIADB_IMAGE, 'mariadb', { writablePaths: ['/run/mariadb', '/tmp'] }),
  // its entrypoint is the server itself
  hardened(MONGODB_IMAGE, 'mongodb', { user: 999, writablePaths: ['/tmp'], initScripts: undefined }),
  hardened(REDIS_IMAGE, 'redis', {}),
  hardened(VALKEY_IMAGE, 'valkey', {}),
];
