import { mysqlFamilyBackup } from './mysql-family';

/** MySQL: a dump of one database by `mysqldump`. */
export const MYSQL = mysqlFamilyBackup({
  title: 'MySQL',
  client: 'mysql',
  dumpProgram: 'mysqldump',
  dumpOptions: ['--set-gtid-purged=OFF'],
  verifyOptions: ['ssl-mode=VERIFY_IDENTITY'],
  serverId: '@@server_uuid',
  socketDirectory: '/var/run/mysqld',
  variablePrefixes: ['MYSQL'],
  indexColumns: ['expression', 'is_visible'],
  hasSequences: false,
  limits: [
    'The user needs the privilege SHOW_ROUTINE for routines that another user created. Otherwise, the dump fails.',
  ],
});
