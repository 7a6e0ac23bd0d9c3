import { Size } from 'cdk8s';
import type { TestNamespace } from './cluster';
import { TABLES } from './mysql-tables';
import { DatabaseEngine, MariadbVersion, MysqlVersion, RedisVersion, ValkeyVersion } from '../../src';

/** An engine with data of many kinds, a load of writes, and a question about its data. */
export interface EngineCase {
  readonly id: string;
  readonly engine: DatabaseEngine;
  readonly memory: Size;
  /** A script that runs next to the server; its input is a parameter. */
  readonly client: string;
  readonly data: string;
  /** Input that writes for the given number of seconds. */
  readonly load: (seconds: number) => string;
  readonly count: string;
}

const sqlCase = (id: string, engine: DatabaseEngine, client: string, more = ''): EngineCase => ({
  id,
  engine,
  memory: Size.mebibytes(512),
  client:
    `export MYSQL_PWD="$(cat "$${id.toUpperCase()}_ROOT_PASSWORD_FILE")"; ` +
    `printf '%s' "$1" | ${client} -N -u root app`,
  data: TABLES + more,
  load: seconds => `call work(${seconds});`,
  count: 'select count(*) from history;',
});

const keyCase = (id: string, engine: DatabaseEngine, client: string): EngineCase => ({
  id,
  engine,
  memory: Size.mebibytes(256),
  client: `export REDISCLI_AUTH="$(cat /run/secrets/database/password)"; cli() { ${client} -e "$@"; }; eval "$1"`,
  data: `for database in 0 3; do
  cli -n $database eval "for i = 1, 2000 do
    redis.call('set', 's' .. i, string.rep('x', 100)) redis.call('hset', 'h' .. i, 'a', 1, 'b', i)
    redis.call('rpush', 'l' .. i, 1, 2, 3) redis.call('zadd', 'z' .. i, 1, 'a', 2.5, 'b')
    redis.call('sadd', 't' .. i, 'a', 'b') redis.call('xadd', 'x' .. i, '*', 'f', 'v')
    redis.call('set', 'e' .. i, i, 'EX', 1000 + i) redis.call('set', 'q' .. i, i, 'PX', 20000)
  end return 1" 0
done
cli set 'an odd "key"
of two lines' v
cli function load "#!lua name=lib
redis.register_function('f1', function(keys, args) return 1 end)"`,
  load: seconds => `end=$(($(date +%s) + ${seconds}))
while [ $(date +%s) -lt $end ]; do
  cli eval "for i = 1, 100 do
    redis.call('set', 'r' .. math.random(1000000), 1) redis.call('del', 's' .. math.random(2000))
  end return 1" 0 > /dev/null
done`,
  count: 'cli dbsize',
});

/** The engines of `TEST_BACKUP_ENGINES`, or all. */
export const ENGINE_CASES: readonly EngineCase[] = [
  sqlCase('mysql', DatabaseEngine.mysql({ version: MysqlVersion.V9 }), 'mysql'),
  sqlCase(
    'mariadb',
    DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
    'mariadb',
    `create table versioned (id int primary key, v int) with system versioning;
insert into versioned values (1, 1); update versioned set v = 2; delete from versioned;
create sequence numbers; select nextval(numbers), nextval(numbers);`,
  ),
  keyCase('redis', DatabaseEngine.redis({ version: RedisVersion.V7 }), 'redis-cli'),
  keyCase('valkey', DatabaseEngine.valkey({ version: ValkeyVersion.V8 }), 'valkey-cli'),
].filter(({ id }) => (process.env.TEST_BACKUP_ENGINES ?? id).split(' ').includes(id));

/** Runs a script next to the server of an engine, in the StatefulSet that is named after it. */
export function ask(namespace: TestNamespace, { id, client }: EngineCase, input: string): string {
  return namespace.kubectl('exec', `test-${id}-0`, '-c', 'database', '--', 'sh', '-ec', client, 'ask', input).trim();
}

/** Writes to a server for some seconds. */
export function write(namespace: TestNamespace, { id, client, load }: EngineCase, seconds: number): Promise<string> {
  const args = ['sh', '-ec', client, 'ask', load(seconds)];
  return namespace.kubectlAsync('exec', `test-${id}-0`, '-c', 'database', '--', ...args);
}

/** Lets the user dump routines of root. Privileges are not part of a backup. */
export function showRoutines(namespace: TestNamespace, engineCase: EngineCase): void {
  if (engineCase.id === 'mysql') {
    ask(namespace, engineCase, "grant show_routine on *.* to 'app'@'%';");
  }
}
