import { copiesIn, expand, shellWords, writesIn } from '../../src/inspect/shell';

test.each<[string, string[]]>([
  ['exec redis-server "/etc/a b.conf" --save ""', ['exec', 'redis-server', '/etc/a b.conf', '--save', '']],
  ["run --dir='/data' && (echo ok; exit)", ['run', '--dir=/data', 'echo', 'ok', 'exit']],
  ['# a comment\nrun \\\n  --dir /data # here', ['run', '--dir', '/data']],
])('splits %j into words', (script, words) => {
  expect(shellWords(script)).toEqual(words);
});

test('replaces variables that the script assigns, and those of the container', () => {
  const values: Readonly<Record<string, string>> = { HOME: '/home/app' };
  expect(expand('CONF=/etc/app\nrun ${CONF}/a $HOME $(HOME) $OTHER', name => values[name])).toBe(
    'CONF=/etc/app\nrun /etc/app/a /home/app /home/app $OTHER',
  );
});

test('finds the files that a script copies', () => {
  expect(copiesIn('set -e; cp -a /in/a.conf /in/b.conf /out/\ninstall -m 0400 /in/key /out/key')).toEqual([
    { from: '/in/a.conf', to: '/out/' },
    { from: '/in/b.conf', to: '/out/' },
    { from: '0400', to: '/out/key' },
    { from: '/in/key', to: '/out/key' },
  ]);
  expect(copiesIn('scp a b; echo cp')).toEqual([]);
});

test('finds the files that a script writes', () => {
  const script = `echo a >> /out/a.conf; cat /in/b | tee -a /out/b.conf
    sed -i s/a/b/ /out/c.conf; sed s/a/b/ /in/d 2> /dev/null`;
  expect(writesIn(script)).toEqual(['/out/a.conf', '/out/b.conf', '/out/c.conf']);
});
