import { creating, MYSQL, objectsOf, REDIS, server } from '../fixtures';

const startScript = (props: Parameters<typeof objectsOf>[0] = {}): string => server(objectsOf(props)).command[2];

test('locks the volume of an engine that does not detect a second server', () => {
  expect(startScript()).toContain('flock -w 60 -E 75 9');
  expect(startScript({ engine: REDIS })).toContain('exec 9> /data/.lock');
  expect(startScript({ engine: MYSQL })).not.toContain('flock');
});

test('records the begin of an initialization, and refuses data that is only half-initialized', () => {
  const lines = startScript({ engine: MYSQL }).split('\n');
  const start = lines.indexOf('if [ -e /var/lib/mysql/mysql ]; then');
  expect(lines.slice(start, start + 8)).toEqual([
    'if [ -e /var/lib/mysql/mysql ]; then',
    '  if [ -e /var/lib/mysql/.initialising ]; then',
    expect.stringMatching(/^ {4}echo "the database is half-initialized: .*" >&2$/),
    '    exit 1',
    '  fi',
    'else',
    '  touch /var/lib/mysql/.initialising',
    'fi',
  ]);
});

test('does not check the first start of an engine without a marker', () => {
  expect(startScript({ engine: REDIS })).not.toContain('.initialising');
  expect(creating({ engine: REDIS })).not.toThrow();
});
