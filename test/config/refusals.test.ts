import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { configured, directory, text } from './fixtures';
import {
  ConfigFiles,
  ConfigFilesProps,
  MountStyle,
  ConfigRollout,
  ConfigSource,
  SecretSource,
  Waiver,
  ExistingRollout,
} from '../../src';
import { kind } from '../synth';

describe('what configuration refuses', () => {
  const refuses = (props: ConfigFilesProps, sentence: string) =>
    expect(() => configured(props)).toThrow(`[test/app/${new ConfigFiles(props).id}] ${sentence}`);
  const file = (name: string, content: string, options = {}) => ({
    sources: [ConfigSource.text(name, content, options)],
  });

  test('more than a ConfigMap holds, naming the largest files', () => {
    jest.spyOn(process, 'emitWarning').mockImplementationOnce(() => undefined);
    refuses(
      { sources: [ConfigSource.text('big.txt', 'x'.repeat(1024 * 1024)), ConfigSource.text('small.txt', 'x')] },
      'Its files add up to 1048577 bytes, more than the 1048576 that a ConfigMap holds. The largest are ' +
        "'big.txt (1048576 bytes)' and 'small.txt (1 bytes)'. leave some out, or mount them from several " +
        'ConfigFiles or a volume',
    );
    expect(() => configured({ sources: [ConfigSource.text('big.txt', 'x'.repeat(1024 * 1024))] })).not.toThrow();
  });

  test.each(['/', '/etc', '/usr', '/bin', '/app', '/etc/nginx', '/usr/share'])('a directory over %s', mountPath => {
    expect(() => configured({ sources: [text], mountPath })).toThrow(
      `is mounted at '${mountPath}', which hides the files that the image has there`,
    );
  });

  test('no such directory where somebody says why', () => {
    expect(() =>
      configured({ sources: [text], mountPath: '/etc/nginx' }, [Waiver.mountHidesImageFiles('all files are given')]),
    ).not.toThrow();
  });

  test.each(['../a', '/a', 'a//b', 'a/../b', '..a', '', 'a:b', 'a\\b', 'a\nb'])('the path %j', name => {
    refuses(
      file(name, ''),
      `'${name}' is not a path below the mount. Write it relative, with '/' between names, without '.', '..', ` +
        `':', '\\' or control characters, and not beginning with '..'`,
    );
  });

  test('two sources at one path, and a file where another needs a directory', () => {
    refuses(
      { sources: [text, ConfigSource.text('app.conf', 'b')] },
      "Text 'app.conf' and text 'app.conf' both have the file 'app.conf'. Give one of them another path",
    );
    refuses(
      { sources: [ConfigSource.text('a', ''), ConfigSource.text('a/b', '')] },
      "Text 'a' and text 'a/b' have 'a/b' and 'a', of which one would have to be a directory. Give one of them " +
        'another path',
    );
    refuses(
      {
        sources: [
          text,
          ConfigSource.fromSecret(SecretSource.fromName('s'), {
            rollout: ExistingRollout.live(),
            items: [{ key: 'k', path: 'app.conf' }],
          }),
        ],
      },
      "Text 'app.conf' and Secret 's' both have the file 'app.conf'. Give one of them another path",
    );
  });

  test('text that is not what its name says', () => {
    refuses(file('a.yaml', 'a: [1\nb: 2\n'), "'a.yaml' is not YAML at line 2, column 1: ");
    refuses(file('a.yml', 'a: 1\na: 2\n'), "'a.yml' is not YAML at line 2, column 1: Map keys must be unique");
    refuses(file('a.json', '{"a": }'), "'a.json' is not JSON: ");
    refuses(file('a.toml', 'a = \n'), "'a.toml' is not TOML at line 1, column 5: ");
    expect(() => configured(file('a.yaml', '{{ template }}: [', { checkSyntax: false }))).not.toThrow();
    expect(() => configured(file('a.yaml', '--- \na: 1\n--- \nb: !Ref x\n'))).not.toThrow();
  });

  test('data that breaks its schema, or a schema that is none', () => {
    const schema = {
      type: 'object',
      required: ['port'],
      properties: { port: { type: 'integer' }, level: { enum: ['info', 'debug'] } },
      additionalProperties: false,
    };
    refuses(
      { sources: [ConfigSource.yaml('a.yaml', { port: '80', level: 'trace', x: 1 }, { schema })] },
      "'a.yaml' breaks its schema: '/' must NOT have additional properties (x); '/port' must be integer; " +
        "'/level' must be equal to one of the allowed values (info, debug). Change the data or the schema",
    );
    refuses(
      file('a.json', '{"level": "info"}', {
        schema: { ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' },
      }),
      "'a.json' breaks its schema: '/' must have required property 'port'. Change the data or the schema",
    );
    refuses(
      file('a.conf', 'x', { schema }),
      "'a.conf' has a schema, but its name does not say how to read it. Name it '.yaml', '.json' or '.toml', or " +
        'leave the schema out',
    );
    refuses(
      { sources: [ConfigSource.yaml('a.yaml', {}, { schema: { type: 'nonsense' } })] },
      "the schema of 'a.yaml' is not a JSON Schema: ",
    );
    expect(() => configured({ sources: [ConfigSource.ini('a.ini', { port: 1 }, { schema })] })).not.toThrow();
  });

  test('what looks like a credential, unless somebody says why', () => {
    const key = '# key\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n';
    refuses(
      file('key.pem', key),
      "'key.pem' has a private key on line 2, and everybody who may read ConfigMaps would see it. Keep it in a " +
        "Secret and mount that with 'ConfigSource.fromSecret', or waive it with " +
        "'Waiver.noCredentialInConfigMap(reason)'",
    );
    expect(() =>
      configured(file('key.pem', key), [Waiver.noCredentialInConfigMap('a key made for this test')]),
    ).not.toThrow();
  });

  test('a missing file or directory, saying from where it was looked for', () => {
    refuses(
      { sources: [ConfigSource.fromFile('no/such.conf')] },
      `The file 'no/such.conf' cannot be read: ENOENT. Paths begin at the directory that synth runs in, ` +
        `'${process.cwd()}'`,
    );
    refuses(
      { sources: [ConfigSource.fromDirectory('no/such')] },
      `The directory 'no/such' is not there. Paths begin at the directory that synth runs in, '${process.cwd()}'`,
    );
  });

  test('a link that leaves the directory, points nowhere or to a directory', () => {
    const leaves = directory({ 'a.conf': '->/etc/hostname' });
    refuses(
      { sources: [ConfigSource.fromDirectory(leaves)] },
      `The link '${leaves}/a.conf' leaves the directory, for '/etc/hostname'. Replace it by the file itself, or ` +
        `list it in 'exclude'`,
    );
    const nowhere = directory({ 'a.conf': '->b.conf' });
    refuses(
      { sources: [ConfigSource.fromDirectory(nowhere)] },
      `The link '${nowhere}/a.conf' points to 'b.conf', which is not there. Replace it by the file itself, or ` +
        `list it in 'exclude'`,
    );
    const loop = directory({ 'a/b.conf': 'x', 'a/c': '->../a' });
    refuses(
      { sources: [ConfigSource.fromDirectory(loop)] },
      `The link '${loop}/a/c' does not point to a file. Replace it by the file itself, or list it in 'exclude'`,
    );
    expect(
      kind(
        configured({ sources: [ConfigSource.fromDirectory(directory({ 'a.conf': 'x', 'b.conf': '->a.conf' }))] }),
        'ConfigMap',
      ).data,
    ).toEqual({ 'a.conf': 'x', 'b.conf': 'x' });
  });

  test('a hidden file, an empty directory and what is no file, until somebody says what to do with them', () => {
    const hidden = directory({ 'a.conf': 'x', '.env': 'y' });
    refuses(
      { sources: [ConfigSource.fromDirectory(hidden)] },
      `'${hidden}/.env' is hidden. List it in 'exclude' to leave it out, or set 'includeHidden: true' to mount it`,
    );
    expect(
      kind(configured({ sources: [ConfigSource.fromDirectory(hidden, { includeHidden: true })] }), 'ConfigMap').data,
    ).toEqual({ '.env': 'y', 'a.conf': 'x' });
    expect(
      kind(configured({ sources: [ConfigSource.fromDirectory(hidden, { exclude: ['**/.*'] })] }), 'ConfigMap').data,
    ).toEqual({ 'a.conf': 'x' });

    const empty = directory({ 'a.conf': 'x' });
    fs.mkdirSync(path.join(empty, 'sub'));
    refuses(
      { sources: [ConfigSource.fromDirectory(empty)] },
      `The directory '${empty}/sub' is empty, and a ConfigMap cannot hold an empty directory. Put a file there, ` +
        `or list it in 'exclude'`,
    );

    const pipe = directory({ 'a.conf': 'x' });
    execFileSync('mkfifo', [path.join(pipe, 'pipe')]);
    refuses(
      { sources: [ConfigSource.fromDirectory(pipe)] },
      `'${pipe}/pipe' is neither a file nor a directory. List it in 'exclude'`,
    );
  });

  test('an unreadable file or directory', () => {
    const root = directory({ 'a.conf': 'x', 'sub/b.conf': 'y', 'listed/c.conf': 'z' });
    [os.tmpdir(), root].forEach(open => fs.chmodSync(open, 0o755));
    fs.chmodSync(path.join(root, 'a.conf'), 0);
    fs.chmodSync(path.join(root, 'sub'), 0);
    fs.chmodSync(path.join(root, 'listed'), 0o444);
    const user = process.geteuid!();
    try {
      if (user === 0) {
        // root may read everything
        process.seteuid!(65534);
      }
      refuses(
        { sources: [ConfigSource.fromDirectory(root, { exclude: ['sub', 'listed'] })] },
        `The file '${root}/a.conf' cannot be read: EACCES.`,
      );
      refuses(
        { sources: [ConfigSource.fromDirectory(root, { exclude: ['a.conf', 'listed'] })] },
        `The directory '${root}/sub' cannot be read: EACCES.`,
      );
      refuses(
        { sources: [ConfigSource.fromDirectory(path.join(root, 'sub', 'deeper'))] },
        `The directory '${root}/sub/deeper' cannot be read: EACCES.`,
      );
      refuses(
        { sources: [ConfigSource.fromDirectory(root, { exclude: ['a.conf', 'sub'] })] },
        `The file '${root}/listed/c.conf' cannot be read: EACCES.`,
      );
    } finally {
      process.seteuid!(user);
    }
  });

  test('a rollout that cannot be kept', () => {
    for (const sources of [
      [text],
      [ConfigSource.fromConfigMapName('shared', { rollout: ExistingRollout.none('because') })],
    ]) {
      refuses(
        { sources, rollout: ConfigRollout.none('because') },
        "The reason of 'none' is 'because'. Say why in at least three words",
      );
    }
    refuses(
      { sources: [text], mountStyle: MountStyle.SUB_PATH, rollout: ConfigRollout.live() },
      "Single files are mounted by 'subPath', and running containers never see a change of them, so " +
        "'ConfigRollout.live()' cannot be kept. Mount a directory, or choose a rollout that replaces the pods",
    );
    refuses(
      {
        sources: [ConfigSource.fromConfigMapName('shared', { rollout: ExistingRollout.reloader() })],
        mountStyle: MountStyle.SUB_PATH,
      },
      "'shared' is to be mounted as single files, but which ones is not said. list them in 'items'",
    );
  });

  test('nothing at all, a wrong mode, a wrong key, and what is not base64', () => {
    refuses({ sources: [] }, 'It has no files. Give it at least one source with a file');
    refuses(file('a', '', { mode: 0o1777 }), "The mode of 'a' is 1023. Give a whole number from 0 to 511");
    refuses(
      {
        sources: [
          ConfigSource.fromSecret(SecretSource.fromName('s'), {
            rollout: ExistingRollout.live(),
            items: [{ key: 'b/c', path: 'a' }],
          }),
        ],
      },
      "The Secret 's' cannot have the key 'b/c'. Keys are letters, digits, '-', '_' and '.'",
    );
    refuses(
      { sources: [ConfigSource.binary('a', 'no base64!')] },
      "the content of 'a' is not base64. encode its bytes with padding and the standard alphabet",
    );
    refuses({ sources: [text], mountPath: 'config' }, "'mountPath' 'config' is not an absolute path in a container.");
  });
});
