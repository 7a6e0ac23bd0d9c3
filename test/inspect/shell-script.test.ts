import { shellCommands } from '../../src/inspect/shell-script';

test.each<[string, string[][]]>([
  ['a b', [['a', 'b']]],
  ['a \'b c\' "d;e" f\\ g', [['a', 'b c', 'd;e', 'f g']]],
  ['a; b && c || d | e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
  ['a\n\n  b \\\n c', [['a'], ['b', 'c']]],
  ['a > /x 2>&1 < /y b', [['a', 'b']]],
  ['a >>"/x y" b', [['a', 'b']]],
  ['# a\nb # c\nd#e', [['b'], ['d#e']]],
  ['{ a; }; (b)', [['a'], ['b']]],
  [
    'a ${b:-c d} $(e f)',
    [
      ['a', '${b:-c d}', '$'],
      ['e', 'f'],
    ],
  ],
  ['cat <<EOF > /x\n/not/run\nEOF\na', [['cat'], ['a']]],
  ["cat <<-'END'\n  /not/run\n  END\na", [['cat'], ['a']]],
  [
    'args=("/etc/a.conf" --b)\nargs+=(c)\nrun "${args[@]}"',
    [['args=("/etc/a.conf" --b)'], ['args+=(c)'], ['run', '${args[@]}']],
  ],
  ['', []],
])('splits %j into commands', (script, commands) => {
  expect(shellCommands(script)).toEqual(commands);
});
