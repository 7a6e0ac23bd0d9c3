import { DatabaseEngine } from '../../../src';
import { creating, MARIADB, MONGODB, POSTGRES, VALKEY } from '../fixtures';

test.each<[string, DatabaseEngine, string, string, string]>([
  ['a word', POSTGRES, 'work_mem', 'much', '128MB'],
  ['an unknown unit', POSTGRES, 'work_mem', '1 parsec', '128MB'],
  ['a unit in lowercase', POSTGRES, 'shared_buffers', '64mb', '128MB'],
  ['-1, which means unlimited', POSTGRES, 'max_slot_wal_keep_size', '-1', '128MB'],
  ['the unit of another engine', MARIADB, 'innodb_buffer_pool_size', '128MB', '128M'],
  ['a fraction', MARIADB, 'innodb_buffer_pool_size', '0.5G', '128M'],
  ['a space before the unit', VALKEY, 'maxmemory', '64 mb', '128mb'],
  ['a unit', MONGODB, 'storage.wiredTiger.engineConfig.cacheSizeGB', '1GB', '0.13'],
])('refuses %s that the engine does not read', (_, engine, setting, value, example) => {
  expect(creating({ engine, settings: { [setting]: value } })).toThrow(
    `[test/orders] Setting '${setting}' is '${value}', which the engine does not read as a size. Write it like ` +
      `'${example}'.`,
  );
});

test.each<[DatabaseEngine, string, string]>([
  [POSTGRES, 'work_mem', '512 kB'],
  [POSTGRES, 'shared_buffers', '0.1GB'],
  [MARIADB, 'key_buffer_size', '8m'],
  [VALKEY, 'maxmemory', '64MB'],
  [VALKEY, 'maxmemory', '64000000'],
  [MONGODB, 'storage.wiredTiger.engineConfig.cacheSizeGB', '0.25'],
])('accepts a size as the engine reads it: %#', (engine, setting, value) => {
  expect(creating({ engine, settings: { [setting]: value } })).not.toThrow();
});
