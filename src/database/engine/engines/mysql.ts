import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { mysqlFamily } from './mysql-family';
import { MYSQL_IMAGE } from '../../../facts/images/mysql';
import type { EngineSpec } from '../official-image';
import { SizeUnit } from '../size-unit';

const FAMILY = mysqlFamily(MYSQL_IMAGE, {
  server: 'mysqld',
  adminClient: 'mysqladmin',
  rootHostVariable: 'MYSQL_ROOT_HOST',
});

/** MySQL in Docker's official image. */
export const MYSQL: EngineSpec = {
  ...FAMILY,
  env: {
    ...FAMILY.env,
    MYSQL_PASSWORD_FILE: '{run}/password',
    MYSQL_ROOT_PASSWORD_FILE: '{run}/root-password',
  },
  // The image writes the passwords into SQL without escaping them. It also writes that of root into a file of options,
  // where quotes and backslashes have another meaning, so root has a password without these characters.
  preStartCommands: [
    'umask 077',
    String.raw`sed "s/[\\']/\\\\&/g" {password} > {run}/password`,
    String.raw`tr \"\'\\\\ ___ < {password} > {run}/root-password`,
  ],
  writableDirectories: [
    { path: '/var/run/mysqld', sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY },
    { path: '/var/lib/mysql-files', sizeLimit: Size.mebibytes(64) },
    { path: '/tmp', sizeLimit: Size.gibibytes(1) },
  ],
  configPath: '/etc/mysql/conf.d/zz-storage-patterns.cnf',
  settings: {
    skip_name_resolve: 'ON',
    large_pages: 'OFF',
    // with more instances, the server rounds the buffer pool up by 128M for each
    innodb_buffer_pool_instances: '1',
    // there are no replicas: the binary log only serves a restore to a point in time after the last backup, and
    // must not fill the volume
    binlog_expire_logs_seconds: '86400',
  },
  lowMemorySettings: { performance_schema: 'OFF' },
  volumeBudget: [{ setting: 'max_binlog_size', share: 0.05, unit: SizeUnit.MYSQL_M }],
  memoryBudget: [
    { description: 'the server itself', share: 0.05, minMib: 192 },
    {
      description: MYSQL_IMAGE.buffer.name,
      setting: MYSQL_IMAGE.buffer.name,
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
};
