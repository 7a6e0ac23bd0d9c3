import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { withDigest } from '../../../facts/image-digests';
import { dataLayout } from '../../../facts/images/image-facts';
import { POSTGRESQL_IMAGE } from '../../../facts/images/postgresql';
import type { DatabaseEngineSpec } from '../database-engine-spec';
import { ConfigFormat } from '../database-settings-spec';
import { EngineSpec, imageSpec } from '../official-image';

const { buffer, writeAheadLog } = POSTGRESQL_IMAGE;

/** Succeeds if the server accepts connections (0), or rejects them because it starts or recovers (1). */
const ANSWERS = 'pg_isready -q -h 127.0.0.1 -p {port} -U {user} -d postgres; test $? -le 1';

/** Returns the facts of PostgreSQL in Docker's official image, in a major version. */
export function postgres(majorVersion: string): EngineSpec {
  const major = Number(majorVersion);
  const { volume, data } = dataLayout(POSTGRESQL_IMAGE, major);
  return {
    ...POSTGRES,
    mountPath: volume,
    // the volume of images up to 17 is the data directory itself, so the data is in a directory below it
    dataPath: data === volume ? `${data}/pgdata` : data,
    declaredVolumes: [volume],
    env: { [POSTGRESQL_IMAGE.dataVariable]: '{data}', [writeAheadLog.initArgumentsVariable]: initArguments(major) },
  };
}

/**
 * Returns the arguments of `initdb`. By default, it trusts connections from the loopback address, which are those of
 * all containers of the pod. It tries huge pages, and crashes if the node has some that the container cannot
 * use; 14 and 15 have no option to prevent that. From 18 on, checksums are the default.
 */
function initArguments(major: number): string {
  const checksums = major < 18 ? ['--data-checksums'] : [];
  const hugePages = major < 16 ? [] : [`--set ${POSTGRESQL_IMAGE.hugePagesSetting}=off`];
  return ['--auth-host=scram-sha-256', ...checksums, ...hugePages].join(' ');
}

const POSTGRES: Omit<EngineSpec, 'mountPath'> = {
  ...imageSpec(POSTGRESQL_IMAGE),
  type: 'postgresql',
  initializedMarker: 'PG_VERSION',
  writableDirectories: [{ path: '/var/run/postgresql', sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }],
  command: ['docker-entrypoint.sh', 'postgres', '-c', `${POSTGRESQL_IMAGE.configFileSetting}={config}`],
  // the server detects another one by its process id, which is 1 in every container
  exclusiveLock: true,
  // over TCP, which the temporary server of the first start does not listen on
  startupCommand: ['sh', '-c', ANSWERS],
  readinessCommand: ['pg_isready', '-q', '-h', '127.0.0.1', '-p', '{port}', '-U', '{user}', '-d', 'postgres'],
  waitCommand: ['sh', '-c', 'pg_isready -q -h "$DB_HOST" -p "$DB_PORT" -U postgres -d postgres'],
  configPath: '/etc/postgresql/postgresql.conf',
  configFormat: ConfigFormat.ASSIGNMENTS,
  // keeps the locale and the time zone that initdb has detected
  configPreamble: ["include '{data}/postgresql.conf'"],
  settings: {
    // JIT compilation uses tens of MiB per connection, which no setting limits
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
    // another file could set all of these
    'include',
    'include_dir',
    'include_if_exists',
  ],
  // write-ahead log that no replica reads anymore must not fill the volume
  volumeBudget: [writeAheadLog.maxSize.name, 'max_slot_wal_keep_size'].map(setting => ({
    setting,
    share: 0.25,
    unitlessKib: writeAheadLog.maxSize.unitlessKib,
  })),
  concurrencyLimits: [
    { setting: 'max_connections', memoryPerUnitMib: 8, min: 20, max: 100 },
    { setting: 'max_parallel_workers', memoryPerUnitMib: 512, min: 0, max: 8 },
    { setting: 'autovacuum_max_workers', min: 3, max: 3 },
  ],
  memoryBudget: memoryBudget(),
  hugePagesSetting: POSTGRESQL_IMAGE.hugePagesSetting,
  minimumMemory: Size.mebibytes(256),
  minimumStorage: Size.gibibytes(1),
  exporter: {
    image: withDigest('quay.io/prometheuscommunity/postgres-exporter:v0.20.1'),
    port: 9187,
    env: { DATA_SOURCE_NAME: 'host=127.0.0.1 port={port} user={user} dbname=postgres sslmode=disable' },
    // the exporter puts a password from a file into that string unquoted, and a quote in it would end the string
    passwordVariable: 'PGPASSWORD',
  },
};

/**
 * The limit only ever lowers the defaults of the image. Larger buffers, such as a quarter of the memory for
 * `shared_buffers`, were not faster when measured: the page cache uses the memory that remains.
 */
function memoryBudget(): DatabaseEngineSpec['memoryBudget'] {
  return [
    { description: 'the server itself', share: 0.05, minMib: 32 },
    {
      description: buffer.name,
      setting: buffer.name,
      share: 0.25,
      maxMib: 128,
      unitlessKib: buffer.unitlessKib,
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
  ];
}
