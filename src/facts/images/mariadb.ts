import { DatabaseImage, INIT_DIRECTORY, YES } from './database-image';

/** MariaDB of the Docker official image. */
export const MARIADB_IMAGE: DatabaseImage = {
  id: 'mariadb',
  title: 'MariaDB',
  repositories: ['mariadb'],
  programs: ['mariadbd', 'mysqld'],
  port: 3306,
  layouts: [{ volume: '/var/lib/mysql', data: '/var/lib/mysql' }],
  dataOption: '--datadir',
  wantsEmptyDirectory: true,
  writablePaths: ['/run/mysqld', '/tmp'],
  leastGraceSeconds: 60,
  openVariables: { MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: YES, MYSQL_ALLOW_EMPTY_PASSWORD: YES },
  asksForPassword: true,
  answersWhileLoading: false,
  initScripts: {
    directory: INIT_DIRECTORY,
    extensions: ['.sh', '.sql', '.sql.gz', '.sql.xz', '.sql.zst', '.tar.gz', '.tar.xz', '.tar.zst'],
  },
};
