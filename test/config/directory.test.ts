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
