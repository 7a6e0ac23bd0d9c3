import { mysqlFamilyBackup } from './mysql-family';

/** MariaDB: a dump of one database by mariadb-dump, with the history of tables with system versioning. */
export const MARIADB = mysqlFamilyBackup({
  title: 'MariaDB',
  client: 'mariadb',
  dumpProgram: 'mariadb-dump',
  dumpOptions: ['--dump-history'],
  verifyOptions: ['ssl-verify-server-cert'],
  socketDirectory: '/run/mysqld',
  variablePrefixes: ['MARIADB', 'MYSQL'],
  indexColumns: ['ignored'],
  hasSequences: true,
  limits: [
    'Values of sequences are compared with those before and after the dump, because they belong to no snapshot.',
  ],
});
