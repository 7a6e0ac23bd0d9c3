import { Duration, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { ConfigFormat, DatabaseEngineSpec } from '../engine-spec';

export const MYSQL_MAJORS = ['8.4', '9'];

export const MYSQL_USER = [999, 999];

/**
 * 0 as soon as the server answers, even if it refuses the user; the password only keeps the log quiet. The temporary server
 * does not listen on TCP.
 */
const PING = ['sh', '-c', 'MYSQL_PWD="$(cat {password})" mysqladmin ping -h 127.0.0.1 -P {port} --protocol=tcp -u {user} --connect-timeout=4'];

/** MySQL of the Docker official image. */
export const MYSQL: Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'> = {
  type: 'mysql',
  port: 3306,
  mountPath: '/var/lib/mysql',
  // it initialises nothing but an empty directory, which the root of a new volume with lost+found is not
  subPath: 'mysql',
  existsPath: 'mysql',
  imageVolumes: ['/var/lib/mysql'],
  scratch: [
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
  waitCommand: ['sh', '-c', 'mysqladmin ping -h "$DB_HOST" -P "$DB_PORT" --protocol=tcp -u nobody --connect-timeout=4 >/dev/null 2>&1'],
  stopTimeout: Duration.minutes(10),
  initDirectory: '/docker-entrypoint-initdb.d',
  initExtensions: ['.sh', '.sql', '.sql.bz2', '.sql.gz', '.sql.xz', '.sql.zst'],
  configPath: '/etc/mysql/conf.d/storage-patterns.cnf',
  configFormat: ConfigFormat.INI,
  settings: {
    skip_name_resolve: 'ON',
    large_pages: 'OFF',
  },
  smallSettings: { performance_schema: 'OFF' },
  ownSettings: ['port', 'datadir', 'socket', 'bind_address', 'skip_networking', 'user', 'pid_file', 'secure_file_priv'],
  counts: [{ setting: 'max_connections', onePer: 8, min: 20, max: 151 }],
  memory: [
    { what: 'the server itself', share: 0.05, min: 192 },
    { what: 'innodb_buffer_pool_size', setting: 'innodb_buffer_pool_size', share: 0.35, unit: 'M' },
    { what: 'key_buffer_size', setting: 'key_buffer_size', min: 8, unit: 'M' },
    { what: 'temptable_max_ram', setting: 'temptable_max_ram', share: 1 / 16, unit: 'M' },
    { what: '1Mi for a connection', min: 1, times: ['max_connections'] },
    { what: 'sort_buffer_size', setting: 'sort_buffer_size', rest: true, min: 0.0625, max: 2, times: ['max_connections'], unit: 'k' },
  ],
  minimumMemory: Size.mebibytes(512),
  minimumStorage: Size.gibibytes(1),
  exporter: {
    image: 'docker.io/prom/mysqld-exporter:v0.20.0',
    port: 9104,
    args: ['--mysqld.address=127.0.0.1:3306', '--mysqld.username={user}'],
    passwordVariable: 'MYSQLD_EXPORTER_PASSWORD',
  },
};
