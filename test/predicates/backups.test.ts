import { podWith } from './fixtures';
import { dumpProgram, dumpTargets, uploads } from '../../src/predicates/backups';

const containerWith = (script: string) =>
  podWith({ container: `command: [bash, -c, ${JSON.stringify(script)}]` }).container;

test.each<[string, string | undefined, string[], boolean]>([
  ['pg_dump shop | gzip > /backup/a.gz', 'pg_dump', ['/backup/a.gz'], false],
  ['pg_dump -Fc --file=/backup/a shop', 'pg_dump', ['/backup/a'], false],
  ['mysqldump --result-file /backup/a.sql shop 2> /dev/null', 'mysqldump', ['/backup/a.sql'], false],
  ['pg_dump shop > /tmp/a; aws s3 cp /tmp/a s3://b', 'pg_dump', ['/tmp/a'], true],
  ['mongodump --archive=/backup/a --gzip', 'mongodump', ['/backup/a'], false],
  ['pg_dumpling > /a', undefined, [], false],
  ['echo start > /tmp/log\npg_dump -f /backup/a shop\npsql -f /tmp/check.sql', 'pg_dump', ['/backup/a'], false],
  ['cat > /tmp/a.sql <<SQL\nselect 1;\nSQL\npg_dump \\\n  --file=/backup/a shop', 'pg_dump', ['/backup/a'], false],
  ['pg_dump shop > /backup/a 2> /tmp/errors', 'pg_dump', ['/backup/a'], false],
  ['pg_dump --file=/backup/a shop 2>> /tmp/errors', 'pg_dump', ['/backup/a'], false],
  ['{\n  pg_dump a\n  pg_dump b\n} > /backup/all.sql', 'pg_dump', ['/backup/all.sql'], false],
])('reads the dump in %j', (script, program, targets, isUploaded) => {
  const container = containerWith(script);
  expect([dumpProgram(container), dumpTargets(container), uploads(container)]).toEqual([program, targets, isUploaded]);
});
