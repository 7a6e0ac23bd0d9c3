import { writeFileSync } from 'fs';
import { join } from 'path';
import { ShellRunner } from './shell-runner';
import { COMPARE } from '../../../src/backup/scripts/compare';
import { shellCommand } from '../../../src/backup/scripts/shell';

/** Compares the figures of a backup with those of a server. */
function compare(source: string[], restored: string[]) {
  const shell = new ShellRunner();
  const text = (lines: string[]) => lines.map(line => `${line.replace(/\|/g, '\t')}\n`).join('');
  writeFileSync(join(shell.work, 'figures'), text(source));
  writeFileSync(join(shell.work, 'restored'), text(restored));
  return shell.run(shellCommand(COMPARE, 'figures() { cat "$1/restored"; }\ncompare /backup\n'));
}

const TABLE = 'equal|table|a b|1 rows, hash 7';

test.each<[string, string[], string[]]>([
  ['equal figures', [TABLE], [TABLE]],
  ['another order', [TABLE, 'equal|table|b|0'], ['equal|table|b|0', TABLE]],
  [
    'a sequence between its positions',
    ['min|sequence|s|3', 'max|sequence|s|10'],
    ['min|sequence|s|9', 'max|sequence|s|9'],
  ],
  ['negative positions', ['min|sequence|s|-10', 'max|sequence|s|-9'], ['min|sequence|s|-9', 'max|sequence|s|-9']],
  ['definitions of another version', ['definition|view|v|16 a'], ['definition|view|v|17 b']],
  ['roles that only the target has', ['required|role|a|17 x'], ['required|role|a|17 x', 'required|role|b|17 y']],
])('accepts %s', (_, source, restored) => {
  expect(compare(source, restored)).toEqual({ status: 0, output: expect.stringContaining('figures are equal') });
});

test.each<[string, string[], string[], string]>([
  ['another value', [TABLE], ['equal|table|a b|2 rows, hash 7'], 'table a b: 1 rows, hash 7 in the backup, 2 rows'],
  ['a missing name', [TABLE, 'equal|table|b|0'], [TABLE], 'table b is missing in the restored server'],
  ['a further name', [TABLE], [TABLE, 'equal|table|b|0'], 'table b is not in the backup'],
  ['a sequence before its position', ['min|sequence|s|3'], ['min|sequence|s|2'], 'sequence s: 3 in the backup, 2'],
  ['a sequence after its position', ['max|sequence|s|9'], ['max|sequence|s|10'], 'sequence s: 9 in the backup, 10'],
  ['another definition', ['definition|view|v|17 a'], ['definition|view|v|17 b'], 'view v has another definition'],
  ['a missing role', ['required|role|a|17 x'], [TABLE], 'role a is missing'],
  ['an empty file', [], [], 'the backup has no figures'],
  ['an empty file for a server with data', [], [TABLE], 'the backup has no figures'],
  ['a line that was cut', [TABLE, 'equal|tab'], [TABLE], 'line 2 of the figures of the backup is not complete'],
])('refuses %s', (_, source, restored, problem) => {
  expect(compare(source, restored)).toEqual({ status: 1, output: expect.stringContaining(problem) });
});
