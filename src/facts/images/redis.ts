import type { DatabaseImage } from './database-image';

/** Redis of the Docker official image. */
export const REDIS_IMAGE: DatabaseImage = {
  id: 'redis',
  title: 'Redis',
  repositories: ['redis'],
  programs: ['redis-server'],
  port: 6379,
  layouts: [{ volume: '/data', data: '/data' }],
  dataOption: '--dir',
  wantsEmptyDirectory: false,
  writablePaths: [],
  leastGraceSeconds: 30,
  openVariables: {},
  asksForPassword: false,
  answersWhileLoading: true,
};

/** Valkey, whose image differs in the names of its programs alone. */
export const VALKEY_IMAGE: DatabaseImage = {
  ...REDIS_IMAGE,
  id: 'valkey',
  title: 'Valkey',
  repositories: ['valkey'],
  programs: ['valkey-server'],
};
