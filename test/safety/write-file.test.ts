import { spawn } from 'child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { writeWhole } from '../../src/safety/write-file';

const directory = mkdtempSync(join(tmpdir(), 'write-file-'));
const path = (name: string) => join(directory, name);
afterAll(() => rmSync(directory, { recursive: true }));

test('writes a new file, and leaves nothing else', () => {
  writeWhole(path('new'), 'content');
  expect(readFileSync(path('new'), 'utf8')).toBe('content');
  expect(readdirSync(directory)).toEqual(['new']);
});

test('replaces a file and keeps its mode', () => {
  writeFileSync(path('old'), 'longer content', { mode: 0o600 });
  writeWhole(path('old'), 'content');
  expect(readFileSync(path('old'), 'utf8')).toBe('content');
  expect(statSync(path('old')).mode % 0o1000).toBe(0o600);
});

test('replaces the target of a link', () => {
  writeFileSync(path('target'), 'old');
  symlinkSync('target', path('link'));
  writeWhole(path('link'), 'content');
  expect(readFileSync(path('target'), 'utf8')).toBe('content');
});

test('is whole if several processes write it at once', async () => {
  const source = JSON.stringify(require.resolve('../../src/safety/write-file'));
  const program = `require('tsx/cjs');
    const { writeWhole } = require(${source});
    for (let i = 0; i < 30; i++) writeWhole(${JSON.stringify(path('shared'))}, process.argv[1].repeat(200000));`;
  const children = ['a', 'b', 'c'].map(letter =>
    spawn(process.execPath, ['-e', program, letter], { cwd: join(__dirname, '..', '..') }),
  );
  const codes = await Promise.all(children.map(child => new Promise(resolve => child.on('close', resolve))));
  expect(codes).toEqual([0, 0, 0]);
  expect(readFileSync(path('shared'), 'utf8')).toMatch(/^(?:a{200000}|b{200000}|c{200000})$/);
  expect(readdirSync(directory).filter(name => name.includes('shared'))).toEqual(['shared']);
});

test('writes to a device', () => {
  writeWhole('/dev/null', 'content');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('names a file that cannot be written, and leaves none', () => {
  mkdirSync(path('folder'));
  for (const file of [path('folder'), path('gone/file')]) {
    expect(() => writeWhole(file, 'content')).toThrow(/' cannot be written: .*\. Specify another file\.$/);
  }
  expect(existsSync(path('gone'))).toBe(false);
  expect(readdirSync(path('folder'))).toEqual([]);
});
