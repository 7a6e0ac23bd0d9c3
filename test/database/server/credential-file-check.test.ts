import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { DatabaseCredentials, DatabaseEngine, SecretSource } from '../../../src';
import { checkCredentialFiles } from '../../../src/database/server/credential-file-check';
import { ODD_PASSWORDS, REFUSED_PASSWORDS } from '../../odd-passwords';
import { backupObjects, containerNamed, cronJob } from '../backup/fixtures';
import { creating, CUSTOM_SPEC, ENGINES, objectsOf, server } from '../fixtures';

const directory = mkdtempSync(join(tmpdir(), 'credentials-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const keys = { secretName: 'orders-db', passwordKey: 'password', urlSafe: false };

/** Runs the checks in a shell with files for the credentials. */
function check(lines: string[], files: Record<string, string>) {
  const folder = mkdtempSync(join(directory, 'case-'));
  Object.entries(files).forEach(([name, content]) => writeFileSync(join(folder, name), content));
  const script = ['set -e', ...lines, 'echo started'].join('\n').replaceAll('/run/secrets/database', folder);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test.each(ODD_PASSWORDS)('accepts the password %j', password => {
  expect(check(checkCredentialFiles(keys), { password })).toEqual({ status: 0, stdout: 'started\n', stderr: '' });
});

test.each([...REFUSED_PASSWORDS, 'a\rb', '\0', 'a\n\n', '\nleading'])('refuses the password %j', password => {
  const { status, stdout, stderr } = check(checkCredentialFiles(keys), { password });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    password === ''
      ? /^key 'password' of the Secret 'orders-db' is missing or empty, and the server would admit clients/
      : /^key 'password' of the Secret 'orders-db' contains a line break or a NUL character/,
  );
  const words = password.split(/[\n\r\0]/).filter(word => word.length > 3);
  expect(words.filter(word => stderr.includes(word))).toEqual([]);
});

test('refuses a password file that does not exist', () => {
  expect(check(checkCredentialFiles(keys), {})).toMatchObject({ status: 1, stdout: '' });
});

test.each(['', 'app\n'])('refuses the user name %j, with which the image would create another user', username => {
  const lines = checkCredentialFiles({ ...keys, passwordKey: 'pw', usernameKey: 'login' });
  const { status, stderr } = check(lines, { password: 'a', username });
  expect(status).toBe(1);
  expect(stderr).toContain("key 'login' of the Secret 'orders-db'");
});

test.each(ENGINES)('%s checks its password before everything else', (_, engine) => {
  const { command } = server(objectsOf({ engine }));
  expect(command.slice(0, 2)).toEqual(['sh', '-c']);
  expect(command[2].split('\n').slice(0, 2)).toEqual(['set -e', 'if [ ! -s /run/secrets/database/password ]; then']);
});

/** The passwords with which no server starts, of which the review of the first version only named the empty one. */
const NO_PASSWORD: [string, string | undefined][] = [
  ['nothing', ''],
  ['no file', undefined],
  ['a line break', '\n'],
  ['a line break of Windows', '\r\n'],
  ['a carriage return', '\r'],
  ['a NUL character', '\0'],
  ['blanks and a line break', '  \n'],
];

/** The commands of all engines, with an exporter if there is one. Versions of an engine can have the same command. */
const COMMANDS = new Map<string, string[]>(
  [...ENGINES.map(([, engine]) => ({ engine, metrics: {} })), { engine: DatabaseEngine.custom(CUSTOM_SPEC) }].map(
    props => {
      const { image, command } = server(objectsOf(props));
      return [`${image.split('@')[0].replace(/:.*/, '')} ${command[2].length}`, command];
    },
  ),
);

/** Runs the command of a server, which prints a word in place of starting. */
function start(command: string[], files: Record<string, string>) {
  const folder = mkdtempSync(join(directory, 'start-'));
  Object.entries(files).forEach(([name, content]) => writeFileSync(join(folder, name), content));
  const script = command[2].replace(/\/run\/secrets\/database|\/run\/database|\/var\/lib|\/data|\/bitnami/g, folder);
  const { status, stdout } = spawnSync('sh', ['-c', script, 'start', 'echo', 'started'], { encoding: 'utf8' });
  return { status, stdout, files: readdirSync(folder).sort() };
}

describe.each([...COMMANDS])('%s', (_, command) => {
  test.each(NO_PASSWORD)('does not start if the password is %s, and writes no file', (__, password) => {
    const files: Record<string, string> = password === undefined ? {} : { password };
    expect(start(command, files)).toEqual({ status: 1, stdout: '', files: Object.keys(files) });
  });
});

test.each(['a..b', '-n', '.password', '--help', 'PASSWORD_1', 'a-b_c.d'])(
  'names the key %j of the Secret as it is',
  passwordKey => {
    expect(check(checkCredentialFiles({ ...keys, passwordKey }), { password: '' }).stderr).toContain(
      `key '${passwordKey}' of the Secret 'orders-db' is missing or empty`,
    );
  },
);

test.each(['$(id)', 'a b', 'a/b', "a'b", '`id`', 'a"', '..'])('the key %j is refused', passwordKey => {
  const credentials = DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db'), { passwordKey });
  expect(creating({ credentials })).toThrow('key');
});

test('the server of a trial has a password of 48 digits, and checks it', () => {
  const { pod } = cronJob(backupObjects({ trial: {} }), 'test-backup-trial');
  const { command } = containerNamed(pod, 'server');
  const folder = mkdtempSync(join(directory, 'trial-'));
  const script = command[2].replaceAll('/run/secrets/database', folder);
  expect(spawnSync('sh', ['-c', script, 'start', 'cat', `${folder}/password`], { encoding: 'utf8' }).stdout).toMatch(
    /^[0-9a-f]{48}$/,
  );
  expect(command.slice(3, 6)).toEqual(['start', 'sh', '-c']);
  expect(command[6]).toContain('if [ ! -s /run/secrets/database/password ]; then');
});

test('a custom engine checks its password too', () => {
  const { command } = server(objectsOf({ engine: DatabaseEngine.custom(CUSTOM_SPEC) }));
  expect(command[2]).toContain('if [ ! -s /run/secrets/database/password ]; then');
  expect(command.slice(3)).toEqual([
    'start',
    'start',
    '--password-file',
    '/run/secrets/database/password',
    '--port',
    '8000',
  ]);
});

test('MySQL reads files in which its image needs no escaping', () => {
  const { env, command } = server(objectsOf({ engine: ENGINES.find(([name]) => name === 'mysql V9')![1] }));
  const value = (name: string) => env.find((variable: any) => variable.name === name).value;
  expect(value('MYSQL_PASSWORD_FILE')).toBe('/run/database/password');
  expect(value('MYSQL_ROOT_PASSWORD_FILE')).toBe('/run/database/root-password');
  const folder = mkdtempSync(join(directory, 'mysql-'));
  writeFileSync(join(folder, 'password'), 'it\'s "a" \\n');
  const lines = command[2].split('\n').filter((line: string) => line.includes('> /run/database/'));
  const script = lines
    .join('\n')
    .replaceAll('/run/secrets/database', folder)
    .replaceAll('/run/database', `${folder}/run`);
  const { stdout } = spawnSync(
    'sh',
    ['-c', `mkdir ${folder}/run\n${script}\ncat ${folder}/run/password ${folder}/run/root-password`],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('it\\\'s "a" \\\\n' + 'it_s _a_ _n');
});
