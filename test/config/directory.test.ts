import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { configured, directory, expectRefusal } from './fixtures';
import { ConfigSource, LocalDirectoryOptions } from '../../src';
import { kind } from '../synth';

const WORKING_DIRECTORY = `Use a path relative to the working directory '${process.cwd()}'.`;

const sources = (root: string, options?: LocalDirectoryOptions) => [ConfigSource.fromDirectory(root, options)];
const dataOf = (root: string, options?: LocalDirectoryOptions) =>
  kind(configured({ sources: sources(root, options) }), 'ConfigMap').data;

test('refuses a missing file or directory', () => {
  expectRefusal(
    { sources: [ConfigSource.fromFile('no/such.conf')] },
    `Cannot read the file 'no/such.conf': ENOENT. ${WORKING_DIRECTORY}`,
  );
  expectRefusal({ sources: sources('no/such') }, `The directory 'no/such' does not exist. ${WORKING_DIRECTORY}`);
});

test('refuses a file in place of a directory', () => {
  const file = path.join(directory({ 'a.conf': 'x' }), 'a.conf');
  expectRefusal({ sources: sources(file) }, `The directory '${file}' does not exist.`);
});

describe('a link', () => {
  const remedy = "Replace the link with the file, or add it to 'exclude'.";

  test('to a file in the directory is mounted as this file', () => {
    expect(dataOf(directory({ 'a.conf': 'x', 'b.conf': '->a.conf' }))).toEqual({ 'a.conf': 'x', 'b.conf': 'x' });
  });

  test('to a file outside of the directory is refused', () => {
    const root = directory({ 'a.conf': '->/etc/hostname' });
    expectRefusal(
      { sources: sources(root) },
      `The link '${root}/a.conf' points to '/etc/hostname', outside of the directory. ${remedy}`,
    );
  });

  test('to a missing file is refused', () => {
    const root = directory({ 'a.conf': '->b.conf' });
    expectRefusal(
      { sources: sources(root) },
      `The link '${root}/a.conf' points to 'b.conf', which does not exist. ${remedy}`,
    );
  });

  test('to a directory is refused', () => {
    const root = directory({ 'a/b.conf': 'x', 'a/c': '->../a' });
    expectRefusal({ sources: sources(root) }, `The link '${root}/a/c' does not point to a file. ${remedy}`);
  });
});

test('refuses a hidden file, unless it is included or excluded', () => {
  const root = directory({ 'a.conf': 'x', '.env': 'y' });
  expectRefusal(
    { sources: sources(root) },
    `'${root}/.env' is hidden. Add it to 'exclude' to omit it, or set 'includeHidden: true' to mount it.`,
  );
  expect(dataOf(root, { includeHidden: true })).toEqual({ '.env': 'y', 'a.conf': 'x' });
  expect(dataOf(root, { exclude: ['**/.*'] })).toEqual({ 'a.conf': 'x' });
});

test('refuses an empty directory, unless it is excluded', () => {
  const root = directory({ 'a.conf': 'x' });
  fs.mkdirSync(path.join(root, 'sub'));
  expectRefusal(
    { sources: sources(root) },
    `The directory '${root}/sub' is empty, and a ConfigMap cannot contain empty directories. Add a file, or add the ` +
      "directory to 'exclude'.",
  );
  expect(dataOf(root, { exclude: ['sub'] })).toEqual({ 'a.conf': 'x' });
});

test('refuses a pipe', () => {
  const root = directory({ 'a.conf': 'x' });
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  expectRefusal({ sources: sources(root) }, `'${root}/pipe' is neither a file nor a directory. Add it to 'exclude'.`);
});

test('refuses an empty pattern', () => {
  const root = directory({ 'a.conf': 'x' });
  expectRefusal(
    { sources: sources(root, { exclude: [''] }) },
    `'exclude' of the directory '${root}' contains an empty pattern. Use a pattern such as '**/*.md', or remove it.`,
  );
});

test('converts CRLF to LF, unless line endings are kept', () => {
  const root = directory({ 'a.conf': 'x\r\ny\r\n' });
  expect(dataOf(root)).toEqual({ 'a.conf': 'x\ny\n' });
  expect(dataOf(root, { keepLineEndings: true })).toEqual({ 'a.conf': 'x\r\ny\r\n' });
});

test('refuses an unreadable file or directory', () => {
  const root = directory({ 'a.conf': 'x', 'sub/b.conf': 'y', 'listed/c.conf': 'z' });
  [os.tmpdir(), root].forEach(open => fs.chmodSync(open, 0o755));
  fs.chmodSync(path.join(root, 'a.conf'), 0);
  fs.chmodSync(path.join(root, 'sub'), 0);
  fs.chmodSync(path.join(root, 'listed'), 0o444);
  const user = process.geteuid!();
  const refuse = (location: string, error: string, exclude: string[] = []) =>
    expectRefusal({ sources: sources(location, { exclude }) }, `Cannot read the ${error}: EACCES.`);
  try {
    if (user === 0) {
      // root can read all files
      process.seteuid!(65534);
    }
    refuse(root, `file '${root}/a.conf'`, ['sub', 'listed']);
    refuse(root, `directory '${root}/sub'`, ['a.conf', 'listed']);
    refuse(path.join(root, 'sub', 'deeper'), `directory '${root}/sub/deeper'`);
    refuse(root, `file '${root}/listed/c.conf'`, ['a.conf', 'sub']);
  } finally {
    process.seteuid!(user);
  }
});

test.each(['pipe', 'socket'])('refuses a %s without waiting for a writer', type => {
  const root = directory({ 'a.conf': 'x' });
  const special = path.join(root, 'b.conf');
  const listen = `require('net').createServer().listen(${JSON.stringify(special)}, () => process.exit())`;
  if (type === 'pipe') {
    execFileSync('mkfifo', [special]);
  } else {
    execFileSync(process.execPath, ['-e', listen]);
  }
  expectRefusal({ sources: sources(root) }, `'${special}' is neither a file nor a directory.`);
  expect(() => configured({ sources: [ConfigSource.fromFile(special)] })).toThrow(`Cannot read the file '${special}'`);
});

test('refuses a hard link, whose file can be outside of the directory', () => {
  const root = directory({ 'a.conf': 'x' });
  const outside = path.join(directory({ secret: 'y' }), 'secret');
  fs.linkSync(outside, path.join(root, 'b.conf'));
  expectRefusal(
    { sources: sources(root) },
    `'${root}/b.conf' is a hard link to a file that can be outside of the directory. Replace it with a copy, or add ` +
      "it to 'exclude'.",
  );
});

test.each(['a.yaml~', 'a.bak', 'a.orig', 'a.rej', 'a.swp', 'a.tmp', '#a.yaml#', 'Thumbs.db', 'desktop.ini'])(
  'refuses %s, which an editor or operating system left behind',
  name => {
    const root = directory({ 'a.conf': 'x', [name]: 'y' });
    expectRefusal({ sources: sources(root) }, `'${root}/${name}' is a backup, a temporary file or a dependency.`);
    expect(dataOf(root, { exclude: [name] })).toEqual({ 'a.conf': 'x' });
  },
);

test('refuses the dependencies of a program', () => {
  const root = directory({ 'a.conf': 'x', 'node_modules/a/b.js': 'y' });
  expectRefusal({ sources: sources(root) }, `'${root}/node_modules' is a backup, a temporary file or a dependency.`);
});

test.each(['/dev/zero', '/dev/full'])('refuses the device %s', device => {
  expectRefusal(
    { sources: [ConfigSource.fromFile(device, { path: 'a' })] },
    `Cannot read the file '${device}'. This is a device, not a file.`,
  );
});

test('refuses a file that fits into no ConfigMap before it is read', () => {
  const root = directory({ 'a.bin': Buffer.alloc(3 * 2 ** 20) });
  expectRefusal({ sources: sources(root) }, `Cannot read the file '${root}/a.bin'. The content has more than 2 MiB.`);
});

describe('a link in the working directory', () => {
  const outside = directory({ 'a.conf': 'x' });
  const root = directory({
    'link.conf': `->${outside}/a.conf`,
    'link': `->${outside}`,
    'own.conf': '->b.conf',
    'b.conf': 'y',
  });
  beforeAll(() => void jest.spyOn(process, 'cwd').mockReturnValue(root));
  afterAll(() => jest.restoreAllMocks());

  test.each([
    ['file', `${root}/link.conf`, (name: string) => ConfigSource.fromFile(name)],
    ['file', `${root}/link/a.conf`, (name: string) => ConfigSource.fromFile(name)],
    ['directory', `${root}/link`, (name: string) => ConfigSource.fromDirectory(name)],
  ])('to a %s outside of it is refused: %s', (type, name, source) => {
    expectRefusal({ sources: [source(name)] }, `The ${type} '${name}' is a link to '${outside}`);
  });

  test('to a file in it is read', () => {
    const files = configured({ sources: [ConfigSource.fromFile(`${root}/own.conf`)] });
    expect(kind(files, 'ConfigMap').data).toEqual({ 'own.conf': 'y' });
  });
});

test('mounts thousands of files in a time that grows with their number', () => {
  const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i % 30}/f${i}.txt`, `${i}`]));
  const root = directory(files);
  const start = process.cpuUsage();
  expect(() => configured({ sources: sources(root) })).not.toThrow();
  expect(process.cpuUsage(start).user).toBeLessThan(4_000_000);
});
