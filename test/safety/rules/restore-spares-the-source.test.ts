import { messagesOf, podOfKind } from './fixtures';

const container = (script: string) => `command: [bash, -c, ${JSON.stringify(script)}]`;
const checked = (script: string, kind = 'CronJob') =>
  messagesOf('restore-spares-the-source', podOfKind(kind, { container: container(script) }));

test.each([
  'pg_dump -h db -f /tmp/a app\npg_restore -h db -d app --clean /tmp/a',
  'pg_dump -h db app > /tmp/a.sql && psql -h db app < /tmp/a.sql',
  'pg_dump -h db app > /tmp/a.sql; psql -h db -f /tmp/a.sql app',
  'pg_dump -h db app | psql -h db app',
  'pg_dumpall -h db | gzip > /tmp/a.gz; zcat /tmp/a.gz | psql -h db postgres',
  'export PGHOST=db\npg_dump -d "$NAME" -f /tmp/a\npg_restore -d "$NAME" /tmp/a',
  'mysqldump -h db --result-file=/tmp/a shop; mysql -h db shop < /tmp/a',
  'mariadb-dump -h db --all-databases > /tmp/a; mariadb -h db < /tmp/a',
  'mongodump --uri=mongodb://db/shop --archive=/tmp/a; mongorestore --uri=mongodb://db/shop --archive=/tmp/a --drop',
])('reports %j', script => {
  expect(checked(script)).toEqual([expect.stringMatching(/restores with '\w+' into .*, from which '[\w-]+' took/)]);
  expect(checked(script, 'Job')).toHaveLength(1);
});

test.each([
  'pg_dump -h db -f /tmp/a app; createdb -h db trial; pg_restore -h db -d trial /tmp/a',
  'pg_dump -h db -f /tmp/a app; pg_restore -h trial -d app /tmp/a',
  'pg_dump -h db -f /tmp/a app; pg_restore -d app /tmp/a',
  'pg_dump -h old app | psql -h new app',
  'pg_dump -h db -f /tmp/a app; pg_restore --list /tmp/a',
  'pg_dump -h db -f /backup/a app; psql -h db -f /scripts/clean-up.sql app',
  'pg_dump -h db -f /backup/a app 2> /tmp/errors; psql -h db -f /scripts/clean-up.sql app 2>> /tmp/errors',
  'pg_dump -h db -f /tmp/a app; psql -h db -c "insert into backups values (\'/tmp/a\')" app',
  'pg_restore -h db -d app /backup/a',
  'psql -h db app < /seed.sql; pg_dump -h db app > /backup/a',
  'DB=app; pg_dump -h db -d $DB > /tmp/a; DB=trial; psql -h db -d $DB < /tmp/a',
  'mysqldump -h db shop > /tmp/a; mysql -h db trial < /tmp/a',
  "mongodump --host db --archive=/tmp/a; mongorestore --host db --archive=/tmp/a --nsFrom='*' --nsTo='trial.*'",
])('accepts %j', script => {
  expect(checked(script)).toEqual([]);
});

test('accepts a server that is not in a Job', () => {
  expect(checked('pg_dump -h db app | psql -h db app', 'Deployment')).toEqual([]);
});

describe('two CronJobs', () => {
  const both = (restore: string, dump = 'pg_dump -h db app > /backup/a', spec = '') =>
    messagesOf(
      'restore-spares-the-source',
      podOfKind('CronJob', { name: 'backup', container: container(dump) }),
      podOfKind('CronJob', { name: 'verify', container: container(restore), spec }),
    );

  test.each([
    'pg_restore -h db -d app /backup/a',
    'pg_restore -h db.shop.svc.cluster.local -d app /backup/a',
    'zcat /backup/a.gz | psql -h db app',
  ])('reports %j if another one dumps the database', restore => {
    expect(both(restore)).toEqual([expect.stringContaining('which another CronJob backs up')]);
  });

  test.each(['pg_restore -h trial -d app a', 'pg_restore -h db -d trial a', 'psql -h db -f /scripts/a.sql app'])(
    'accepts %j',
    restore => {
      expect(both(restore)).toEqual([]);
    },
  );

  test('accepts a restore of another database, and hosts that are not known', () => {
    expect(both('pg_restore -h db -d app a', 'pg_dump -h db other > a')).toEqual([]);
    expect(both('pg_restore -h $A -d app a', 'pg_dump -h $A app > a')).toEqual([]);
    expect(both('pg_restore -h localhost -d app a', 'pg_dump -h localhost app > a')).toEqual([]);
  });

  test('accepts a template of a restore, which is suspended', () => {
    expect(both('pg_restore -h db -d app a', undefined, 'suspend: true')).toEqual([]);
  });
});
