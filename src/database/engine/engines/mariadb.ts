import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { MYSQL } from './mysql';
import { MARIADB_IMAGE } from '../../../facts/images/mariadb';
import type { OfficialImage } from '../official-image';
import { SizeUnit } from '../size-unit';

export const MARIADB_TAGS: OfficialImage = {
  name: 'mariadb',
  repository: 'docker.io/library/mariadb',
  majors: ['11.4', '11.8'],
  users: { noble: [999, 999] },
  example: '11.8.8-noble',
};

/** With the password only to keep the log quiet: it is 0 even if that has changed. */
const PING = [
  'sh',
  '-c',
  'MYSQL_PWD="$(cat {password})" mariadb-admin ping -h 127.0.0.1 -P {port} --protocol=tcp -u {user} ' +
    '--connect-timeout=4',
];

/** MariaDB of the Docker official image: MySQL's, with its own names and memory. */
export const MARIADB: typeof MYSQL = {
  ...MYSQL,
  provider: 'mariadb',
  writableDirectories: [
    { path: '/run/mysqld', sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY },
    { path: '/tmp', sizeLimit: Size.gibibytes(1) },
  ],
  env: { MARIADB_ROOT_HOST: 'localhost' },
  userVariable: 'MARIADB_USER',
  userFileVariable: 'MARIADB_USER_FILE',
  databaseVariable: 'MARIADB_DATABASE',
  passwordFileVariables: ['MARIADB_ROOT_PASSWORD_FILE', 'MARIADB_PASSWORD_FILE'],
  command: ['docker-entrypoint.sh', 'mariadbd'],
  startupCommand: PING,
  readinessCommand: PING,
  waitCommand: [
    'sh',
    '-c',
    'mariadb-admin ping -h "$DB_HOST" -P "$DB_PORT" --protocol=tcp -u nobody --connect-timeout=4 >/dev/null 2>&1',
  ],
  initExtensions: [...MARIADB_IMAGE.initScripts!.extensions],
  configPath: '/etc/mysql/mariadb.conf.d/zz-storage-patterns.cnf',
  settings: { skip_name_resolve: 'ON', large_pages: 'OFF' },
  volumeBudget: [],
  lowMemorySettings: {},
  memoryBudget: [
    { description: 'the server itself', share: 0.05, minMib: 88 },
    { description: 'innodb_buffer_pool_size', setting: 'innodb_buffer_pool_size', share: 0.25, unit: SizeUnit.MYSQL_M },
    {
      description: 'aria_pagecache_buffer_size',
      setting: 'aria_pagecache_buffer_size',
      share: 1 / 32,
      unit: SizeUnit.MYSQL_M,
    },
    { description: 'key_buffer_size', setting: 'key_buffer_size', minMib: 8, unit: SizeUnit.MYSQL_M },
    { description: '1Mi for a connection', minMib: 1, multiplyBy: ['max_connections'] },
    {
      description: 'tmp_table_size',
      setting: 'tmp_table_size',
      aliases: ['max_heap_table_size', 'sort_buffer_size'],
      takesRemainder: true,
      minMib: 0.0625,
      maxMib: 16,
      multiplyBy: ['max_connections'],
      factor: 2,
      unit: SizeUnit.MYSQL_K,
    },
  ],
  minimumMemory: Size.mebibytes(256),
};
