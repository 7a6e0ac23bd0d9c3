import { DatabaseImage, INIT_DIRECTORY } from './database-image';

/** PostgreSQL of the Docker official image and its derivatives. */
export const POSTGRESQL_IMAGE: DatabaseImage = {
  id: 'postgresql',
  title: 'PostgreSQL',
  repositories: ['postgres', 'postgis', 'timescaledb', 'pgvector'],
  programs: ['postgres'],
  port: 5432,
  layouts: [
    { upTo: 17, volume: '/var/lib/postgresql/data', data: '/var/lib/postgresql/data' },
    { volume: '/var/lib/postgresql', data: '/var/lib/postgresql/{major}/docker' },
  ],
  dataVariable: 'PGDATA',
  wantsEmptyDirectory: true,
  writablePaths: ['/run/postgresql', '/tmp'],
  leastGraceSeconds: 60,
  openVariables: { POSTGRES_HOST_AUTH_METHOD: /^trust$/ },
  asksForPassword: true,
  answersWhileLoading: false,
  initScripts: { directory: INIT_DIRECTORY, extensions: ['.sh', '.sql', '.sql.gz', '.sql.xz', '.sql.zst'] },
};
