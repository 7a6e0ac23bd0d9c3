import { DatabaseImage, INIT_DIRECTORY, YES } from './database-image';

/** MySQL of the Docker official image. */
export const MYSQL_IMAGE: DatabaseImage = {
  id: 'mysql',
  title: 'MySQL',
  repositories: ['mysql'],
  programs: ['mysqld'],
  port: 3306,
  layouts: [{ volume: '/var/lib/mysql', data: '/var/lib/mysql' }],
  dataOption: '--datadir',
  wantsEmptyDirectory: true,
  writablePaths: ['/run/mysqld', '/tmp'],
  leastGraceSeconds: 60,
  openVariables: { MYSQL_ALLOW_EMPTY_PASSWORD: YES },
  asksForPassword: true,
  answersWhileLoading: false,
  initScripts: { directory: INIT_DIRECTORY, extensions: ['.sh', '.sql', '.sql.bz2', '.sql.gz', '.sql.xz', '.sql.zst'] },
};
