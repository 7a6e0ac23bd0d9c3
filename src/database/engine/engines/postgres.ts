import { Duration, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { dataLayout } from '../../../facts/images/database-image';
import { POSTGRESQL_IMAGE } from '../../../facts/images/postgresql';
import type { DatabaseEngineSpec } from '../database-engine-spec';
import { ConfigFormat } from '../database-settings-spec';
import type { OfficialImage } from '../official-image';

/** What differs by major version: where the image keeps its data, and what `initdb` is told. */
interface PostgresMajor {
  readonly mountPath: string;
  readonly dataPath: string;
  readonly initdb: string;
}

// up to 17 the image's volume is .../data itself; a claim at its parent would stay empty
const UP_TO_17 = {
  mountPath: dataLayout(POSTGRESQL_IMAGE, 17).volume,
  dataPath: `${dataLayout(POSTGRESQL_IMAGE, 17).data}/pgdata`,
};

/**
 * `initdb` tries huge pages, and dies where the node has them but the container may not use them; 14 and 15 cannot be
 * told.
 */
export const POSTGRES_MAJORS: Record<string, PostgresMajor> = {
  14: { ...UP_TO_17, initdb: '--data-checksums' },
  15: { ...UP_TO_17, initdb: '--data-checksums' },
  16: { ...UP_TO_17, initdb: '--data-checksums --set huge_pages=off' },
  17: { ...UP_TO_17, initdb: '--data-checksums --set huge_pages=off' },
  18: {
    mountPath: dataLayout(POSTGRESQL_IMAGE, 18).volume,
    dataPath: dataLayout(POSTGRESQL_IMAGE, 18).data,
    initdb: '--set huge_pages=off',
  },
};

export const POSTGRES_TAGS: OfficialImage = {
  name: 'postgres',
  repository: 'docker.io/library/postgres',
  majors: Object.keys(POSTGRES_MAJORS),
  users: { bookworm: [999, 999], trixie: [999, 999], alpine: [70, 70] },
  example: '17.11-trixie',
};

/** 0 accepts, 1 rejects as it starts or recovers, 2 does not answer. The temporary server does not listen on TCP. */
const ANSWERS = 'pg_isready -q -h 127.0.0.1 -p {port} -U {user} -d postgres; test $? -le 1';

/** PostgreSQL of the Docker official image. */
export const POSTGRES: Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup' | 'mountPath'> = {
  type: 'postgresql',
  port: POSTGRESQL_IMAGE.port,
  initializedMarker: 'PG_VERSION',
  writableDirectories: [{ path: '/var/run/postgresql', sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }],
  userVariable: 'POSTGRES_USER',
  userFileVariable: 'POSTGRES_USER_FILE',
  databaseVariable: 'POSTGRES_DB',
  passwordFileVariables: ['POSTGRES_PASSWORD_FILE'],
  command: ['docker-entrypoint.sh', 'postgres', '-c', 'config_file={config}'],
  // its own lock is the number of a process, which is 1 in each container
  exclusiveLock: true,
  startupCommand: ['sh', '-c', ANSWERS],
  readinessCommand: ['pg_isready', '-q', '-h', '127.0.0.1', '-p', '{port}', '-U', '{user}', '-d', 'postgres'],
  waitCommand: ['sh', '-c', 'pg_isready -q -h "$DB_HOST" -p "$DB_PORT" -U postgres -d postgres'],
  shutdownTimeout: Duration.seconds(120),
  initDirectory: POSTGRESQL_IMAGE.initScripts!.directory,
  initExtensions: [...POSTGRESQL_IMAGE.initScripts!.extensions],
  configPath: '/etc/postgresql/postgresql.conf',
  configFormat: ConfigFormat.ASSIGNMENTS,
  // what initdb has found out about locale and time zone holds on
  configPreamble: ["include '{data}/postgresql.conf'"],
  settings: {
    // JIT compilation takes tens of MiB in each connection, which no setting bounds
    jit: 'off',
    huge_pages: 'off',
    password_encryption: 'scram-sha-256',
  },
  reservedSettings: [
    'listen_addresses',
    'port',
    'data_directory',
    'config_file',
    'hba_file',
    'ident_file',
    'unix_socket_directories',
    'huge_pages',
    'dynamic_shared_memory_type',
    'shared_memory_type',
    'external_pid_file',
  ],
  // write-ahead log that nobody takes any more must not fill the volume
  volumeBudget: [
    { setting: 'max_wal_size', share: 0.25, unitlessKib: 1024 },
    { setting: 'max_slot_wal_keep_size', share: 0.25, unitlessKib: 1024 },
  ],
  concurrencyLimits: [
    { setting: 'max_connections', memoryPerUnitMib: 8, min: 20, max: 100 },
    { setting: 'max_parallel_workers', memoryPerUnitMib: 512, min: 0, max: 8 },
    { setting: 'autovacuum_max_workers', min: 3, max: 3 },
  ],
  // the limit only ever lowers the image's own defaults: more, a quarter for shared_buffers say, has measured no
  // faster, and the
  // page cache puts what is left to use
  memoryBudget: [
    { description: 'the server itself', share: 0.05, minMib: 32 },
    {
      description: 'shared_buffers',
      setting: 'shared_buffers',
      share: 0.25,
      maxMib: 128,
      unitlessKib: 8,
      hugePages: true,
    },
    { description: '/dev/shm', share: 1 / 16, minMib: 8, maxMib: 1024, sharedMemory: true },
    { description: 'maintenance_work_mem', setting: 'maintenance_work_mem', share: 1 / 16, maxMib: 64, unitlessKib: 1 },
    {
      description: 'autovacuum_work_mem',
      setting: 'autovacuum_work_mem',
      share: 1 / 64,
      maxMib: 64,
      multiplyBy: ['autovacuum_max_workers'],
      unitlessKib: 1,
    },
    {
      description: '3Mi for a connection or worker',
      minMib: 3,
      multiplyBy: ['max_connections', 'max_parallel_workers'],
    },
    {
      description: 'work_mem',
      setting: 'work_mem',
      takesRemainder: true,
      minMib: 0.0625,
      maxMib: 4,
      multiplyBy: ['max_connections', 'max_parallel_workers'],
      factor: 2,
      unitlessKib: 1,
    },
  ],
  hugePagesSetting: 'huge_pages',
  minimumMemory: Size.mebibytes(256),
  minimumStorage: Size.gibibytes(1),
  exporter: {
    image: 'quay.io/prometheuscommunity/postgres-exporter:v0.20.1',
    port: 9187,
    env: { DATA_SOURCE_NAME: 'host=127.0.0.1 port=5432 user={user} dbname=postgres sslmode=disable' },
    // a password that it reads from a file becomes part of that text, and quotes in it end it
    passwordVariable: 'PGPASSWORD',
  },
};
