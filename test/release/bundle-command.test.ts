import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { bundleCommand } from '../../projenrc/bundle-command';

test('replaces a program by one file that needs only its packages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const write = (name: string, code: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), code);
  };
  write('node_modules/greeting/index.js', "module.exports = 'hello';");
  write('lib/name.js', "exports.name = 'world';");
  write(
    'lib/cli/main.js',
    [
      '#!/usr/bin/env node',
      'let name$; const name_1 = () => (name$ ??= require("../name"));',
      'let greeting$; const greeting_1 = () => (greeting$ ??= require("greeting"));',
      'console.log(greeting_1(), name_1().name, __dirname.endsWith("cli"));',
    ].join('\n'),
  );
  const program = join(folder, 'lib', 'cli', 'main.js');
  bundleCommand(program);
  // a second run, for example after a build that compiles nothing
  bundleCommand(program);
  rmSync(join(folder, 'lib', 'name.js'));
  expect(execFileSync(process.execPath, [program], { encoding: 'utf8' })).toBe('hello world true\n');
  const bundled = readFileSync(program, 'utf8');
  expect(bundled).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(bundled).toContain('require("greeting")');
});
