/** A program that reads or writes all data of a database over a connection. */
export interface DatabaseClientFacts {
  readonly program: string;
  readonly engine: 'postgresql' | 'mysql' | 'mongodb';
  /** `sql`: the program runs statements, which can be those of a dump. */
  readonly action: 'dump' | 'restore' | 'sql';
  /** Options, short and long, with the host, the URL and the database. */
  readonly host: readonly string[];
  readonly url?: readonly string[];
  readonly database: readonly string[];
  /** Whether the first argument that is not an option is the database. */
  readonly takesDatabase: boolean;
  /** Options with which the program dumps several databases. */
  readonly all?: readonly string[];
  /** Options with which the program restores to a database with another name, or runs a statement of its arguments. */
  readonly harmless?: readonly string[];
  /** Whether the program only connects if an option names the database. */
  readonly needsDatabase?: boolean;
  /** The variables with the host and the database. */
  readonly hostVariable?: string;
  readonly databaseVariable?: string;
  /** The letters of the short options that have a value. */
  readonly valued: string;
}

const POSTGRESQL = {
  engine: 'postgresql',
  host: ['-h', '--host'],
  database: ['-d', '--dbname'],
  hostVariable: 'PGHOST',
  databaseVariable: 'PGDATABASE',
} as const;

const MYSQL = { engine: 'mysql', host: ['-h', '--host'], takesDatabase: true, valued: 'huPSDe' } as const;

const ALL = ['-A', '--all-databases', '-B', '--databases'];

const MONGODB = {
  engine: 'mongodb',
  host: ['-h', '--host'],
  url: ['--uri'],
  database: ['-d', '--db'],
  takesDatabase: false,
  valued: 'hupdcoq',
} as const;

/**
 * The programs that dump and restore databases.
 *
 * @see https://www.postgresql.org/docs/current/reference-client.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/programs-client.html
 * @see https://www.mongodb.com/docs/database-tools/
 */
export const DATABASE_CLIENTS: readonly DatabaseClientFacts[] = [
  { ...POSTGRESQL, program: 'pg_dump', action: 'dump', takesDatabase: true, valued: 'hpUdfFjZnNtTES' },
  { ...POSTGRESQL, program: 'pg_dumpall', action: 'dump', takesDatabase: false, all: [''], valued: 'hpUdflES' },
  {
    ...POSTGRESQL,
    program: 'pg_restore',
    action: 'restore',
    takesDatabase: false,
    needsDatabase: true,
    valued: 'hpUdfFjnNtTILPS',
  },
  {
    ...POSTGRESQL,
    program: 'psql',
    action: 'sql',
    takesDatabase: true,
    harmless: ['-c', '--command', '-l', '--list'],
    valued: 'hpUdcfvoFPRLT',
  },
  ...['mysqldump', 'mariadb-dump'].map(
    program => ({ ...MYSQL, program, action: 'dump', database: [], all: ALL, valued: 'huPSr' }) as const,
  ),
  ...['mysql', 'mariadb'].map(
    program =>
      ({ ...MYSQL, program, action: 'sql', database: ['-D', '--database'], harmless: ['-e', '--execute'] }) as const,
  ),
  { ...MONGODB, program: 'mongodump', action: 'dump' },
  { ...MONGODB, program: 'mongorestore', action: 'restore', harmless: ['--nsTo', '--dryRun'] },
];
