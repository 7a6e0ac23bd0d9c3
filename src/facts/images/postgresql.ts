import { INIT_DIRECTORY, OfficialImage } from './database-image';
import { POSTGRESQL_SIZES } from './size-grammar';

/** PostgreSQL in Docker's official image and the images built on it. */
export const POSTGRESQL_IMAGE = {
  id: 'postgresql',
  title: 'PostgreSQL',
  releases: {
    name: 'postgres',
    repository: 'docker.io/library/postgres',
    majors: ['14', '15', '16', '17', '18'],
    users: { bookworm: [999, 999], trixie: [999, 999], alpine: [70, 70] },
    exampleTag: '17.11-trixie',
  },
  repositories: ['docker.io/library/postgres'],
  derivatives: [
    'docker.io/postgis/postgis',
    'docker.io/imresamu/postgis',
    'docker.io/timescale/timescaledb',
    'docker.io/pgvector/pgvector',
    'docker.io/tensorchord/pgvecto-rs',
    'ghcr.io/tensorchord/pgvecto-rs',
    'ghcr.io/immich-app/postgres',
  ],
  sources: ['https://github.com/docker-library/postgres', 'https://hub.docker.com/_/postgres'],
  serverVariables: ['POSTGRES_PASSWORD', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_HOST_AUTH_METHOD', 'POSTGRES_INITDB_ARGS'],
  programs: ['postgres'],
  clients: ['psql'],
  port: 5432,
  layouts: [
    {
      upTo: 17,
      volume: '/var/lib/postgresql/data',
      data: '/var/lib/postgresql/data',
      volumes: ['/var/lib/postgresql/data'],
    },
    {
      volume: '/var/lib/postgresql',
      data: '/var/lib/postgresql/{major}/docker',
      volumes: ['/var/lib/postgresql'],
    },
  ],
  dataVariable: 'PGDATA',
  configuration: /\bconfig[-_]file=|\bpostgresql\.conf$/m,
  refusesLostAndFound: true,
  writablePaths: ['/run/postgresql', '/tmp'],
  optionalPaths: ['/tmp'],
  minimumGraceSeconds: 60,
  shutdownSeconds: 120,
  variables: {
    user: 'POSTGRES_USER',
    userFile: 'POSTGRES_USER_FILE',
    database: 'POSTGRES_DB',
    passwordFiles: ['POSTGRES_PASSWORD_FILE'],
  },
  openVariables: { POSTGRES_HOST_AUTH_METHOD: /^trust$/ },
  openSettings: {
    // addresses other than the loopback of the pod
    trust: /^[ \t]*host\w*[ \t]+\S+[ \t]+\S+[ \t]+(?!127\.|::1|localhost\b)\S+[ \t]+(?:[\d.]+[ \t]+)?trust\b/m,
  },
  requiredVariables: ['POSTGRES_PASSWORD', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_HOST_AUTH_METHOD'],
  answersWhileLoading: false,
  // pg_isready exits with 1 while the server rejects connections because it starts or recovers
  healthCommand: { asks: /\bpg_isready\b/, toleratesRecovery: /\$\?|\|\||;/ },
  initScripts: { directory: INIT_DIRECTORY, extensions: ['.sh', '.sql', '.sql.gz', '.sql.xz', '.sql.zst'] },
  sizes: POSTGRESQL_SIZES,
  buffer: { name: 'shared_buffers', unitlessKib: 8 },
  configFileSetting: 'config_file',
  hugePagesSetting: 'huge_pages',
  sharedMemorySetting: 'dynamic_shared_memory_type',
  sortsByBase: true,
  keyFile: { pattern: /ssl_key_file\s*=\s*'?([^\s']+)/, allowsGroup: true },
  writeAheadLog: {
    maxSize: { name: 'max_wal_size', unitlessKib: 1024 },
    directory: 'pg_wal',
    directoryVariable: 'POSTGRES_INITDB_WALDIR',
    directoryOption: '--waldir',
    initArgumentsVariable: 'POSTGRES_INITDB_ARGS',
  },
  dumpPrograms: ['pg_dumpall', 'pg_dump', 'pg_basebackup'],
  dumpsRefuseNewerServer: true,
} satisfies OfficialImage;
