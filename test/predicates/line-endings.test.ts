import { textFileProblem } from '../../src/predicates/line-endings';

test.each<[name: string, content: string, problem: string | undefined]>([
  ['run', '#!/bin/sh\r\na\r\n', "looks for the interpreter '/bin/sh\\r'"],
  ['run.py', '#!/usr/bin/env python3\r\n', "looks for the interpreter '/usr/bin/env python3\\r'"],
  ['run', '#!/bin/sh\na\r\n', "reads '\\r' as the end of each command"],
  ['run.sh', 'a\r\n', "reads '\\r' as the end of each command"],
  ['prod.env', 'A=b\r\n', "each of its values ends in '\\r'"],
  ['.env', 'A=b\r\n', "each of its values ends in '\\r'"],
  ['run.sh', '\uFEFFa\n', "does not find its '#!' line"],
  ['run', '\uFEFF#!/bin/sh\n', "does not find its '#!' line"],
  ['app.properties', '\uFEFFa=b\n', 'becomes part of its first line'],
  ['app.json', '\uFEFF{}', 'becomes part of its first line'],
  ['run.sh', '#!/bin/sh\na\n', undefined],
  ['a.csv', 'a\r\n', undefined],
  ['nginx.conf', 'a;\r\n', undefined],
  ['page.html', '\uFEFF<p>', undefined],
  ['a.yaml', '\uFEFFa: b', undefined],
])('finds the problem of %s with %j', (name, content, problem) => {
  const expected = problem === undefined ? undefined : expect.stringContaining(problem);
  expect(textFileProblem(name, content)).toEqual(expected);
});

test('a file that a shell runs is a script', () => {
  expect(textFileProblem('run', 'a\r\n')).toBeUndefined();
  expect(textFileProblem('run', 'a\r\n', true)).toContain('the shell reads');
});
