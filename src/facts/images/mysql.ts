import { INIT_DIRECTORY, OfficialImage, SKIP_GRANT_TABLES, YES } from './database-image';
import { MYSQL_SIZES } from './size-grammar';

/** MySQL in Docker's official image. */
export const MYSQL_IMAGE: OfficialImage = {
  id: 'mysql',
  title: 'MySQL',
  releases: {
    name: 'mysql',
    repository: 'docker.io/library/mysql',
    majors: ['8.4', '9'],
    users: { oracle: [999, 999] },
    exampleTag: '8.4.11-oraclelinux9',
  },
  repositories: [
    'docker.io/library/mysql',
    'docker.io/mysql/mysql-server',
    'container-registry.oracle.com/mysql/community-server',
  ],
  sources: ['https://github.com/docker-library/mysql', 'https://hub.docker.com/_/mysql'],
  serverVariables: ['MYSQL_ROOT_PASSWORD', 'MYSQL_ROOT_PASSWORD_FILE', 'MYSQL_RANDOM_ROOT_PASSWORD'],
  volumes: ['/var/lib/mysql'],
  programs: ['mysqld'],
  clients: ['mysql', 'mysqladmin'],
  port: 3306,
  layouts: [{ volume: '/var/lib/mysql', data: '/var/lib/mysql' }],
  dataOption: '--datadir',
  configuration: /^--defaults-(?:extra-)?file|^\/etc\/my(?:sql(?:\/|$)|\.cnf$)/m,
  refusesLostAndFound: true,
  // mysql_install_db of 5.6 ignores the directory
  acceptsLostAndFoundIn: /^5\.[0-6](?![0-9])/,
  writablePaths: ['/run/mysqld', '/tmp'],
  minimumGraceSeconds: 60,
  shutdownSeconds: 600,
  variables: {
    user: 'MYSQL_USER',
    userFile: 'MYSQL_USER_FILE',
    database: 'MYSQL_DATABASE',
    passwordFiles: ['MYSQL_ROOT_PASSWORD_FILE', 'MYSQL_PASSWORD_FILE'],
  },
  reservedUsers: ['root'],
  openVariables: { MYSQL_ALLOW_EMPTY_PASSWORD: YES },
  openSettings: SKIP_GRANT_TABLES,
  requiredVariables: [
    'MYSQL_ROOT_PASSWORD',
    'MYSQL_ROOT_PASSWORD_FILE',
    'MYSQL_ALLOW_EMPTY_PASSWORD',
    'MYSQL_RANDOM_ROOT_PASSWORD',
  ],
  answersWhileLoading: false,
  initScripts: { directory: INIT_DIRECTORY, extensions: ['.sh', '.sql', '.sql.bz2', '.sql.gz', '.sql.xz', '.sql.zst'] },
  sizes: MYSQL_SIZES,
  buffer: { name: 'innodb_buffer_pool_size', unitlessKib: 1 / 1024 },
  sortsByBase: false,
  dumpPrograms: ['mysqldump'],
  dumpsRefuseNewerServer: false,
};
