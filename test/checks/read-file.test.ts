import { execFileSync } from 'child_process';
import * as fs from 'fs';
import { createServer } from 'net';
import * as os from 'os';
import { join } from 'path';
import { readRegularFile } from '../../src/checks/read-file';

const directory = fs.mkdtempSync(join(os.tmpdir(), 'read-'));
const path = (name: string) => join(directory, name);

test('reads a file whole', () => {
  const content = Buffer.alloc(200_000, 'ab');
  fs.writeFileSync(path('a'), content);
  expect(readRegularFile(path('a'))).toEqual(content);
  fs.writeFileSync(path('empty'), '');
  expect(readRegularFile(path('empty'))).toHaveLength(0);
});

test('refuses a pipe without waiting for a writer', () => {
  execFileSync('mkfifo', [path('pipe')]);
  expect(() => readRegularFile(path('pipe'))).toThrow('This is a pipe, not a file.');
});

test('refuses a socket', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(path('socket'), resolve));
  // the operating system opens no socket as a file
  expect(() => readRegularFile(path('socket'))).toThrow('ENXIO');
  await new Promise(resolve => server.close(resolve));
});

test.each([
  ['/dev/zero', 'This is a device, not a file.'],
  ['/dev/full', 'This is a device, not a file.'],
  [os.tmpdir(), 'This is a directory, not a file.'],
  [path('gone'), 'ENOENT'],
])('refuses %s', (file, problem) => {
  expect(() => readRegularFile(file)).toThrow(problem);
});

test('refuses a file that is too large, also without a size', () => {
  fs.writeFileSync(path('large'), Buffer.alloc(3 * 2 ** 20));
  expect(() => readRegularFile(path('large'), 2 ** 20)).toThrow('The content has more than 1 MiB.');
  expect(() => readRegularFile('/proc/self/maps', 10)).toThrow('The content has more than 0 MiB.');
});

test('does not follow a link if told so', () => {
  fs.symlinkSync(path('a'), path('link'));
  expect(readRegularFile(path('link'))).toHaveLength(200_000);
  expect(() => readRegularFile(path('link'), 2 ** 20, fs.constants.O_NOFOLLOW)).toThrow('ELOOP');
});
