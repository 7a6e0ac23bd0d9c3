/** Shell commands that write, read and inspect a server from inside its container. */
export interface Dialect {
  readonly write: string;
  readonly read: string;
  /** Prints the value of a setting. */
  readonly setting: (name: string) => string;
  /** The metric of the exporter that reports a working connection. */
  readonly up: string;
}

const password = '"$(cat /run/secrets/database/password)"';
const psql = (sql: string) => `PGPASSWORD=${password} psql -h 127.0.0.1 -U app -Atqc "${sql}"`;
const mysql = (sql: string) =>
  `MYSQL_PWD=${password} $(command -v mariadb || echo mysql) -h 127.0.0.1 -u app -BN app -e "${sql}"`;
const mongo = (script: string) =>
  `mongosh --quiet -u app -p ${password} --authenticationDatabase admin --eval '${script}'`;
const redis = (command: string) => `REDISCLI_AUTH=${password} $(command -v valkey-cli || echo redis-cli) ${command}`;

/** The dialects by the protocol of an engine. */
export const DIALECTS: Record<string, Dialect> = {
  postgresql: {
    write: psql("create table kept (what text); insert into kept values ('this')"),
    read: psql('select what from kept'),
    setting: name =>
      psql(
        `select case when unit in ('8kB', 'kB', 'MB') then pg_size_bytes(setting || ' ' || replace(unit, '8kB', ` +
          `'kB')) * (case unit when '8kB' then 8 else 1 end) else null end, setting from pg_settings where name = ` +
          `'${name}'`,
      ),
    up: 'pg_up 1',
  },
  mysql: {
    write: mysql("create table kept (what varchar(9)); insert into kept values ('this')"),
    read: mysql('select what from kept'),
    setting: name => mysql(`select @@global.${name}`),
    up: 'mysql_up 1',
  },
  mongodb: {
    write: mongo('db.kept.insertOne({ what: "this" }).acknowledged'),
    read: mongo('db.kept.findOne().what'),
    setting: name => mongo(`db.getSiblingDB("admin").runCommand({ getCmdLineOpts: 1 }).parsed.${name}`),
    up: 'mongodb_up 1',
  },
  redis: {
    write: redis('set kept this'),
    read: redis('get kept'),
    setting: name => `${redis(`config get ${name}`)} | tail -1`,
    up: 'redis_up 1',
  },
};
