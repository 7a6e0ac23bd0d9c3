import { Duration, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { dataLayout } from '../../../facts/images/database-image';
import { MYSQL_IMAGE } from '../../../facts/images/mysql';
import type { DatabaseEngineSpec } from '../database-engine-spec';
import { ConfigFormat } from '../database-settings-spec';
import type { OfficialImage } from '../official-image';
import { SizeUnit } from '../size-unit';

export const MYSQL_TAGS: OfficialImage = {
  name: 'mysql',
  repository: 'docker.io/library/mysql',
  majors: ['8.4', '9'],
  users: { oracle: [999, 999] },
  example: '8.4.11-oraclelinux9',
};

/**
 * 0 as soon as the server answers, even if it refuses the user; the password only keeps the log quiet. The temporary
 * server
 * does not listen on TCP.
 */
const PING = [
  'sh',
  '-c',
  'MYSQL_PWD="$(cat {password})" mysqladmin ping -h 127.0.0.1 -P {port} --protocol=tcp -u {user} --connect-timeout=4',
];

const DATA = dataLayout(MYSQL_IMAGE);

/** MySQL of the Docker official image. */
export const MYSQL: Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'> = {
  type: 'mysql',
  port: MYSQL_IMAGE.port,
  mountPath: DATA.volume,
  // it initialises nothing but an empty directory, which the root of a new volume with lost+found is not
  subPath: 'mysql',
  initializedMarker: 'mysql',
  declaredVolumes: [DATA.volume],
  writableDirectories: [
    { path: '/var/run/mysqld', sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY },
    { path: '/var/lib/mysql-files', sizeLimit: Size.mebibytes(64) },
    { path: '/tmp', sizeLimit: Size.gibibytes(1) },
  ],
  // root may connect from within the container alone, where its password is needed too
  env: { MYSQL_ROOT_HOST: 'localhost' },
  userVariable: 'MYSQL_USER',
  userFileVariable: 'MYSQL_USER_FILE',
  databaseVariable: 'MYSQL_DATABASE',
  passwordFileVariables: ['MYSQL_ROOT_PASSWORD_FILE', 'MYSQL_PASSWORD_FILE'],
  command: ['docker-entrypoint.sh', 'mysqld'],
  startupCommand: PING,
  readinessCommand: PING,
  waitCommand: [
    'sh',
    '-c',
    'mysqladmin ping -h "$DB_HOST" -P "$DB_PORT" --protocol=tcp -u nobody --connect-timeout=4 >/dev/null 2>&1',
  ],
  shutdownTimeout: Duration.minutes(10),
  initDirectory: MYSQL_IMAGE.initScripts!.directory,
  initExtensions: [...MYSQL_IMAGE.initScripts!.extensions],
  configPath: '/etc/mysql/conf.d/zz-storage-patterns.cnf',
  configFormat: ConfigFormat.INI,
  settings: {
    skip_name_resolve: 'ON',
    large_pages: 'OFF',
    // each more would round the buffer pool up by another 128M
    innodb_buffer_pool_instances: '1',
    // nobody replicates from it: what is kept serves a restore to a moment since the last backup, and must not fill
    // the volume
    binlog_expire_logs_seconds: '86400',
  },
  volumeBudget: [{ setting: 'max_binlog_size', share: 0.05, unit: SizeUnit.MYSQL_M }],
  lowMemorySettings: { performance_schema: 'OFF' },
  reservedSettings: [
    'port',
    'datadir',
    'socket',
    'bind_address',
    'skip_networking',
    'user',
    'pid_file',
    'secure_file_priv',
  ],
  concurrencyLimits: [{ setting: 'max_connections', memoryPerUnitMib: 8, min: 20, max: 151 }],
  memoryBudget: [
    { description: 'the server itself', share: 0.05, minMib: 192 },
    {
      description: 'innodb_buffer_pool_size',
      setting: 'innodb_buffer_pool_size',
      share: 0.35,
      granularityMib: 128,
      unit: SizeUnit.MYSQL_M,
    },
    { description: 'key_buffer_size', setting: 'key_buffer_size', minMib: 8, unit: SizeUnit.MYSQL_M },
    {
      description: 'innodb_log_buffer_size',
      setting: 'innodb_log_buffer_size',
      share: 1 / 32,
      maxMib: 64,
      unit: SizeUnit.MYSQL_M,
    },
    { description: 'temptable_max_ram', setting: 'temptable_max_ram', share: 1 / 16, unit: SizeUnit.MYSQL_M },
    { description: '1Mi for a connection', minMib: 1, multiplyBy: ['max_connections'] },
    {
      description: 'sort_buffer_size',
      setting: 'sort_buffer_size',
      takesRemainder: true,
      minMib: 0.0625,
      maxMib: 2,
      multiplyBy: ['max_connections'],
      unit: SizeUnit.MYSQL_K,
    },
  ],
  minimumMemory: Size.mebibytes(512),
  minimumStorage: Size.gibibytes(1),
  exporter: {
    image: 'docker.io/prom/mysqld-exporter:v0.20.0',
    port: 9104,
    // what the app's user may not see would be an error at each scrape
    args: [
      '--mysqld.address=127.0.0.1:3306',
      '--mysqld.username={user}',
      '--no-collect.slave_status',
      '--no-collect.info_schema.innodb_cmp',
      '--no-collect.info_schema.innodb_cmpmem',
    ],
    passwordVariable: 'MYSQLD_EXPORTER_PASSWORD',
  },
};
