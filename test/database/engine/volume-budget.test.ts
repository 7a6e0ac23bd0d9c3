import { Size } from 'cdk8s';
import { DatabaseStorage } from '../../../src';
import { configOf, creating, MYSQL, objectsOf, REDIS } from '../fixtures';

const storage = DatabaseStorage.provisioned(Size.gibibytes(2));

test('limits the write-ahead log of PostgreSQL to a quarter of the volume', () => {
  expect(configOf(objectsOf({ storage }))).toMatch(/max_slot_wal_keep_size = '512MB'\nmax_wal_size = '512MB'/);
});

test('limits the binary log of MySQL', () => {
  expect(configOf(objectsOf({ storage, engine: MYSQL }))).toMatch(
    /binlog_expire_logs_seconds = 86400\n[^]*max_binlog_size = 102M\n/,
  );
});

test('refuses a write-ahead log of more than half of the volume', () => {
  expect(creating({ storage, settings: { max_wal_size: '1.5GB' } })).toThrow(
    "[test/orders] Setting 'max_wal_size' allows 1536Mi, more than half of the volume of 2Gi. A full volume stops " +
      "the server. Lower the setting, or increase the size of 'storage'.",
  );
  expect(creating({ storage, settings: { max_wal_size: '1GB' } })).not.toThrow();
});

test('refuses a volume that is too small for the memory of an engine that keeps its data there', () => {
  const memory = Size.gibibytes(4);
  expect(creating({ engine: REDIS, memory, storage: DatabaseStorage.provisioned(Size.gibibytes(5)) })).toThrow(
    "[test/orders] The size of 'storage' is 5Gi, less than the 6Gi that redis with 4Gi of memory needs to write " +
      'a copy of its data next to the old one. Set it to 6Gi or more.',
  );
  expect(creating({ engine: REDIS, memory, storage: DatabaseStorage.provisioned(Size.gibibytes(6)) })).not.toThrow();
});
