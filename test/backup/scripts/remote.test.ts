import { createHash } from 'crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { ShellRunner } from './shell-runner';
import { S3Credentials, SecretSource } from '../../../src';
import { remoteCommand } from '../../../src/backup/scripts/remote';
import { PRIVATE_KEY } from '../../checks/credential-kinds';

const UPLOAD = remoteCommand('upload', [], undefined);
const FETCH = remoteCommand('fetch', [], undefined);
const RECORD = remoteCommand('record', [], undefined);

let shell: ShellRunner;
beforeEach(() => {
  shell = new ShellRunner();
});

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

/** Writes the files of a dump into the work volume. */
function dump(content = 'rows', source = 'server 1'): void {
  rmSync(shell.work, { recursive: true });
  mkdirSync(shell.work);
  const files = { 'database-0.dump': content, 'figures': 'equal\ttable\ta\t1\n', source };
  const checksums = Object.entries(files)
    .map(([name, text]) => `${sha256(text)}  ${name}\n`)
    .join('');
  const manifest = `format 1\nengine PostgreSQL\nchecksums ${sha256(checksums)}  -\n`;
  for (const [name, text] of Object.entries({ ...files, SHA256SUMS: checksums, manifest })) {
    writeFileSync(join(shell.work, name), text);
  }
}

const root = () => join(shell.store, 'bucket/shop/orders');
const stored = () => (existsSync(root()) ? readdirSync(root()).filter(name => name !== 'proven') : []);

test('uploads under a name with the number of the backup, the time, the server and the pod', () => {
  dump();
  expect(shell.run(UPLOAD)).toEqual({ status: 0, output: expect.stringContaining('uploaded backup 000001-') });
  const [name] = stored();
  expect(name).toMatch(new RegExp(`^000001-\\d{8}T\\d{6}Z-${sha256('server 1').slice(0, 8)}-abcde$`));
  expect(readdirSync(join(root(), name)).sort()).toEqual(readdirSync(shell.work).sort());
});

test('keeps the newest backups, and the last one that a trial has restored', () => {
  dump('1');
  shell.run(UPLOAD);
  expect(shell.run(FETCH).status).toBe(0);
  expect(shell.run(RECORD)).toEqual({ status: 0, output: expect.stringContaining('is proven') });
  for (const content of ['2', '3', '4']) {
    dump(content);
    expect(shell.run(UPLOAD).status).toBe(0);
  }
  expect(stored().map(name => name.slice(0, 6))).toEqual(['000001', '000003', '000004']);
});

test('keeps the backups of other servers in the same path', () => {
  ['1', '2', '3'].forEach(content => {
    dump(content, 'server 1');
    shell.run(UPLOAD);
  });
  dump('4', 'server 2');
  const { output } = shell.run(UPLOAD, { KEEP: '1' });
  expect(output).toContain('kept 2 backups of other servers');
  expect(stored().map(name => name.slice(0, 6))).toEqual(['000002', '000003', '000004']);
});

test('counts by numbers with leading zeros, and not by the clock', () => {
  const future = join(root(), '000009-20990101T000000Z-abcdefab-abcde');
  mkdirSync(future, { recursive: true });
  writeFileSync(join(future, 'manifest'), 'x');
  dump();
  shell.run(UPLOAD);
  expect(stored().map(name => name.slice(0, 6))).toEqual(['000009', '000010']);
});

test.each<[string, string, Record<string, string>]>([
  ['the destination cannot be listed', 'Cannot list the backups', { FAIL: 'lsf' }],
  ['the upload fails', 'Cannot upload', { FAIL: 'copy' }],
  ['the stored files differ', 'differ from the dump', { FAIL: 'check' }],
  ['the rename fails', 'Cannot rename', { FAIL: 'move' }],
  ['the backup is too small', 'less than the minimum of 1000000', { MINIMUM_BYTES: '1000000' }],
  ['the backup is one of another engine', 'is not one of MySQL', { ENGINE: 'MySQL' }],
])('fails and deletes nothing if %s', (_, problem, env) => {
  ['1', '2'].forEach(content => {
    dump(content);
    shell.run(UPLOAD);
  });
  const before = stored();
  dump('3');
  expect(shell.run(UPLOAD, { ...env, KEEP: '1' })).toEqual({ status: 1, output: expect.stringContaining(problem) });
  expect(stored().filter(name => !name.endsWith('.partial'))).toEqual(before);
});

test('fails if the volume has lost or changed a file since the dump', () => {
  for (const damage of [
    () => rmSync(join(shell.work, 'database-0.dump')),
    () => writeFileSync(join(shell.work, 'database-0.dump'), 'row'),
    () => rmSync(join(shell.work, 'manifest')),
    () => writeFileSync(join(shell.work, 'SHA256SUMS'), ''),
    () => writeFileSync(join(shell.work, 'figures'), ''),
  ]) {
    dump();
    damage();
    expect(shell.run(UPLOAD).status).toBe(1);
    expect(stored()).toEqual([]);
  }
});

test('deletes what earlier runs left under a temporary name, but not that of a run at the same time', () => {
  const source = sha256('server 1').slice(0, 8);
  const partial = (number: string, server = source) => `${number}-20260101T000000Z-${server}-fghij.partial`;
  [partial('000001'), partial('000002'), partial('000001', '00000000')].forEach(name =>
    mkdirSync(join(root(), name), { recursive: true }),
  );
  ['1', '2'].forEach(content => {
    dump(content);
    shell.run(UPLOAD);
  });
  expect(stored().filter(name => name.endsWith('.partial'))).toEqual([
    partial('000001', '00000000'),
    partial('000002'),
  ]);
});

test('downloads the newest complete backup, or the named one', () => {
  ['1', '2'].forEach(content => {
    dump(content);
    shell.run(UPLOAD);
  });
  const [first, second] = stored();
  rmSync(join(root(), second, 'manifest'));
  const fetched = () => readFileSync(join(shell.work, 'database-0.dump'), 'utf8');
  expect([shell.run(FETCH).status, fetched()]).toEqual([0, '1']);
  expect(shell.run(FETCH, { BACKUP_NAME: first }).status).toBe(0);
  expect(shell.run(FETCH, { BACKUP_NAME: second })).toEqual({
    status: 1,
    output: expect.stringContaining(`There is no complete backup '${second}'`),
  });
});

test('fails without a backup, and with one that is damaged', () => {
  expect(shell.run(FETCH)).toEqual({ status: 1, output: expect.stringContaining('There is no complete backup') });
  dump();
  shell.run(UPLOAD);
  writeFileSync(join(root(), stored()[0], 'database-0.dump'), 'rowz');
  expect(shell.run(FETCH)).toEqual({ status: 1, output: expect.stringContaining('The backup is damaged') });
  rmSync(join(root(), stored()[0], 'database-0.dump'));
  expect(shell.run(FETCH).status).toBe(1);
});

test('a backup that is much smaller than the last one fails once, and deletes nothing', () => {
  const rows = (count: number) => 'row\n'.repeat(count);
  for (const count of [1000, 1000, 900]) {
    dump(rows(count));
    expect(shell.run(UPLOAD, { MINIMUM_PERCENT: '80' }).status).toBe(0);
  }
  dump(rows(100));
  const { status, output } = shell.run(UPLOAD, { MINIMUM_PERCENT: '80', KEEP: '1' });
  expect([status, output]).toEqual([1, expect.stringMatching(/less than 80% of the \d+ bytes of 000003-.*complete/)]);
  expect(stored().map(name => name.slice(0, 6))).toEqual(['000002', '000003', '000004']);
  expect(shell.run(UPLOAD, { MINIMUM_PERCENT: '80', KEEP: '1' }).status).toBe(0);
  expect(stored().map(name => name.slice(0, 6))).toEqual(['000005']);
});

test('does not compare the size with that of another server, or without a minimum', () => {
  dump('row\n'.repeat(1000), 'server 1');
  shell.run(UPLOAD);
  dump('row', 'server 2');
  expect(shell.run(UPLOAD, { MINIMUM_PERCENT: '80' }).status).toBe(0);
  dump('', 'server 1');
  expect(shell.run(UPLOAD).status).toBe(0);
});

describe('an encryption key', () => {
  const ENCRYPTED = remoteCommand('upload', [], "key 'key' of the Secret 'backup-key'");

  function upload(key: string | undefined) {
    if (key !== undefined) {
      writeFileSync(join(shell.secrets, 'encryption/key'), key);
    }
    dump();
    return shell.run(ENCRYPTED);
  }

  test.each([' ', '$HOME`id`', `it's "a" \\n`, '--option', 'grüße-密码-🔑', 'line break\n', 'windows\r\n'])(
    'can be %j',
    key => {
      const { status, output } = upload(key);
      expect([status, output]).toEqual([0, expect.stringContaining('uploaded backup 000001-')]);
    },
  );

  test.each<[string, string | undefined]>([
    ['nothing', ''],
    ['a line break', '\n'],
    ['a line break of Windows', '\r\n'],
    ['carriage returns', '\r\r'],
    ['NUL characters', '\0\0'],
    ['an empty first line', '\nb3R0ZXI='],
    ['no file', undefined],
  ])('cannot be %s, with which anyone could decrypt the backups', (_, key) => {
    expect(upload(key)).toEqual({
      status: 1,
      output: expect.stringContaining(
        "The first line of key 'key' of the Secret 'backup-key' is empty, so anyone could decrypt the backups.",
      ),
    });
    expect(readdirSync(shell.store)).toEqual([]);
  });

  test.each(['first\nsecond', PRIVATE_KEY, 'a\n\n', 'a\n\0'])('cannot be %j, of which only a line would count', key => {
    const { status, output } = upload(key);
    expect([status, readdirSync(shell.store)]).toEqual([1, []]);
    expect(output).toBe(
      "The value of key 'key' of the Secret 'backup-key' has several lines, of which only the first would encrypt " +
        'the backups. Use one line.\n',
    );
  });
});

describe('an access key of S3', () => {
  const { setup } = S3Credentials.accessKey({ secret: SecretSource.fromName('backups') })._resolve(
    new Chart(new App(), 'test'),
  );

  function fetch(id: string | undefined, secret: string | undefined) {
    for (const [name, value] of [['access-key-id', id] as const, ['secret-access-key', secret] as const]) {
      if (value !== undefined) {
        writeFileSync(join(shell.secrets, 'destination', name), value);
      }
    }
    return shell.run(remoteCommand('fetch', setup, undefined));
  }

  test('can have a line break at its end', () => {
    expect(fetch('AKIA\n', 'a b$`"\\\n').output).toContain('There is no complete backup');
  });

  test.each<[string | undefined, string | undefined, string]>([
    ['', 'secret', 'access-key-id'],
    ['AKIA', '', 'secret-access-key'],
    ['\n', '\n', 'access-key-id'],
    ['AKIA', '\n\n', 'secret-access-key'],
    ['\0', 'secret', 'access-key-id'],
  ])('cannot be %j with the secret %j, which would be no key', (id, secret, key) => {
    expect(fetch(id, secret)).toEqual({
      status: 1,
      output: expect.stringContaining(`Key '${key}' of the Secret 'backups' is empty. Set a value.`),
    });
  });

  test.each([
    [undefined, 'secret'],
    ['AKIA', undefined],
  ])('cannot be missing', (id, secret) => {
    expect(fetch(id, secret)).toEqual({ status: 1, output: expect.stringContaining('No such file') });
  });
});
