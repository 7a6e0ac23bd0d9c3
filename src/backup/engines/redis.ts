import { redisFamilyBackup } from './redis-family';

/** Redis: the snapshot that it sends to its replicas. */
export const REDIS = redisFamilyBackup({
  title: 'Redis',
  server: 'redis-server',
  client: 'redis-cli',
  checkProgram: 'redis-check-rdb',
});

/** Valkey, which differs only in the names of its programs. */
export const VALKEY = redisFamilyBackup({
  title: 'Valkey',
  server: 'valkey-server',
  client: 'valkey-cli',
  checkProgram: 'valkey-check-rdb',
});
