import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { mysqlFamily } from './mysql-family';
import { MARIADB_IMAGE } from '../../../facts/images/mariadb';
import type { EngineSpec } from '../official-image';
import { SizeUnit } from '../size-unit';

/** MariaDB in Docker's official image. */
export const MARIADB: EngineSpec = {
  ...mysqlFamily(MARIADB_IMAGE, {
    server: 'mariadbd',
    adminClient: 'mariadb-admin',
    rootHostVariable: 'MARIADB_ROOT_HOST',
  }),
  provider: 'mariadb',
  writableDirectories: [
    { path: '/run/mysqld', sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY },
    { path: '/tmp', sizeLimit: Size.gibibytes(1) },
  ],
  configPath: '/etc/mysql/mariadb.conf.d/zz-storage-patterns.cnf',
  settings: { skip_name_resolve: 'ON', large_pages: 'OFF' },
  memoryBudget: [
    { description: 'the server itself', share: 0.05, minMib: 88 },
    {
      description: MARIADB_IMAGE.buffer.name,
      setting: MARIADB_IMAGE.buffer.name,
      share: 0.25,
      unit: SizeUnit.MYSQL_M,
    },
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
