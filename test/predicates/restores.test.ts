import { readContainer } from '../../src/inspect/pods';
import { databaseUses } from '../../src/predicates/restores';

const uses = (script: string, env: object[] = []) =>
  databaseUses(readContainer({ name: 'app', image: 'a:1', command: ['sh', '-c', script], env }, 'app', [])).map(
    ({ program, host, database }) => [program, host, database],
  );

test.each<[string, [string, string | undefined, string | undefined]]>([
  ['pg_dump -h db -U app -Fc -f /tmp/a app', ['pg_dump', 'db', 'app']],
  ['pg_dump -hdb --dbname=app', ['pg_dump', 'db', 'app']],
  ['pg_dump postgresql://app:secret@db.shop:5432/app?sslmode=require > a', ['pg_dump', 'db.shop', 'app']],
  ['pg_dump "host=db dbname=app"', ['pg_dump', 'db', 'app']],
  ['PGPASSWORD=a pg_dumpall --host db', ['pg_dumpall', 'db', '*']],
  ['timeout 60 /usr/bin/pg_restore -h db -d app -j 2 a.dump', ['pg_restore', 'db', 'app']],
  ['zcat a | psql -h db -U app -v ON_ERROR_STOP=1 app', ['psql', 'db', 'app']],
  ['mysqldump -h db -u root -psecret shop > a', ['mysqldump', 'db', 'shop']],
  ['mysqldump -h db --databases shop other > a', ['mysqldump', 'db', '*']],
  ['mariadb --host=db -D shop < a', ['mariadb', 'db', 'shop']],
  ['mongodump --uri "mongodb://a:b@db:27017/shop" --archive=/tmp/a', ['mongodump', 'db', 'shop']],
  ['mongorestore --host db --db shop /tmp/a', ['mongorestore', 'db', 'shop']],
])('reads the database of %j', (script, expected) => {
  expect(uses(script)).toEqual([expected]);
});

test.each([
  'pg_restore --list a.dump',
  'pg_restore --file=/dev/null a.dump',
  'psql -h db -c "select 1" app',
  'mysql -h db -e "select 1"',
  'mongorestore --host db --nsFrom "shop.*" --nsTo "trial.*" /tmp/a',
  'echo pg_restore -d app',
])('finds no use that reads or writes all data in %j', script => {
  expect(uses(script)).toEqual([]);
});

test('variables have the values of the container and of the script', () => {
  const env = [
    { name: 'PGHOST', value: 'db' },
    { name: 'NAME', valueFrom: { secretKeyRef: { name: 'db', key: 'name' } } },
  ];
  expect(uses('pg_dump $NAME > a', env)).toEqual([['pg_dump', 'db', 'Secret:db:name']]);
  expect(uses('TARGET=other\npg_restore -h "$TARGET" -d app a', env)).toEqual([['pg_restore', 'other', 'app']]);
});

test('a variable that a script assigns twice has no known value', () => {
  const [first, second] = uses('DB=app\npg_dump -h db -d $DB > a\nDB=trial\npsql -h db -d $DB < a');
  expect(first[2]).not.toBe(second[2]);
});
