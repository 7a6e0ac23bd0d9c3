import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { ConfigFiles, ConfigFilesProps, ConfigPlacement, ConfigRollout, ConfigSource, ConfiguredApp, SecretSource, Waiver } from '../../src';
import { containerOf, kind, podOf, synth } from '../synth';

function configured(props: ConfigFilesProps, waivers?: Waiver[]): any[] {
  return synth(chart => new ConfiguredApp(chart, 'app', { image: 'acme/app:1.0.0', port: 8080, config: new ConfigFiles(props), waivers }));
}

const text = ConfigSource.text('app.conf', 'a = 1\n');
const deployment = (objects: any[]) => kind(objects, 'Deployment');

/** A directory of the host with these files; what begins with `->` is a link. */
function directory(files: Record<string, string | Buffer>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'config-'));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) {
      fs.symlinkSync(content.slice(2), path.join(root, name));
    } else {
      fs.writeFileSync(path.join(root, name), content);
    }
  }
  return root;
}

describe('configuration', () => {
  test('the smallest use', () => {
    expect(configured({ sources: [text] })).toMatchSnapshot();
  });

  test('is mounted read-only at /app/config from an immutable ConfigMap', () => {
    const objects = configured({ sources: [text] });
    const map = kind(objects, 'ConfigMap');
    expect(map).toMatchObject({ immutable: true, data: { 'app.conf': 'a = 1\n' } });
    expect(map.metadata.name).toMatch(/^test-app-app-config-[0-9a-f]{10}$/);
    expect(containerOf(objects).volumeMounts).toContainEqual({ mountPath: '/app/config', name: 'app-config', readOnly: true });
    expect(podOf(objects).volumes).toContainEqual({ name: 'app-config', configMap: { name: map.metadata.name, defaultMode: 0o444 } });
  });

  test('keeps the old map when GitOps tools prune, for the pods that still mount it', () => {
    expect(kind(configured({ sources: [text] }), 'ConfigMap').metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'kustomize.toolkit.fluxcd.io/prune': 'Disabled',
    });
  });

  test('of a directory keeps nested paths, under keys that are legal and do not collide', () => {
    const root = directory({ 'nginx.conf': 'a', 'conf.d/site.conf': 'b', 'conf.d_site.conf': 'c', 'x/ü.txt': 'd', 'x/ö.txt': 'e', 'logo.png': Buffer.from([0x89, 0, 0xff]) });
    const objects = configured({ sources: [ConfigSource.directory(root)] });
    const { data, binaryData } = kind(objects, 'ConfigMap');
    const { items } = podOf(objects).volumes[0].configMap;
    const mounted = Object.fromEntries(items.map((item: any) => [item.path, data[item.key] ?? binaryData[item.key]]));
    expect(mounted).toEqual({ 'nginx.conf': 'a', 'conf.d/site.conf': 'b', 'conf.d_site.conf': 'c', 'x/ü.txt': 'd', 'x/ö.txt': 'e', 'logo.png': 'iQD/' });
    expect(new Set(items.map((item: any) => item.key)).size).toBe(6);
    expect(items.every((item: any) => /^[-._a-zA-Z0-9]{1,253}$/.test(item.key))).toBe(true);
  });

  test('keeps files and variables whose names JavaScript takes for its own', () => {
    const objects = configured({ sources: [ConfigSource.text('constructor', 'a'), ConfigSource.text('__proto__', 'b')] });
    const { items } = podOf(objects).volumes[0].configMap;
    const { data } = kind(objects, 'ConfigMap');
    expect(items.map((item: any) => [item.path, data[item.key]])).toEqual([['__proto__', 'b'], ['constructor', 'a']]);
  });

  test('of a Secret is for the app alone, and never in a ConfigMap', () => {
    const objects = configured({ sources: [ConfigSource.secret(SecretSource.fromName('tls'), { rollout: ConfigRollout.live(), files: { 'tls/key.pem': 'tls.key' } })] });
    expect(kind(objects, 'ConfigMap')).toBeUndefined();
    expect(podOf(objects).volumes[0]).toEqual({ name: 'app-config', secret: { secretName: 'tls', items: [{ key: 'tls.key', path: 'tls/key.pem' }], defaultMode: 0o400 } });
    expect(podOf(objects).securityContext.fsGroup).toBe(10001);
  });

  test('of several sources is projected into one directory, with the secret ones still closed', () => {
    const objects = synth(chart => new ConfiguredApp(chart, 'app', {
      image: 'acme/app:1.0.0',
      port: 8080,
      config: new ConfigFiles({
        sources: [
          text,
          ConfigSource.text('bin/start', '#!/bin/sh\n', { mode: 0o555 }),
          ConfigSource.configMap(new ConfigMap(chart, 'shared', { data: { zone: 'b' } }), { rollout: ConfigRollout.live() }),
          ConfigSource.secret(SecretSource.fromName('tls'), { rollout: ConfigRollout.reloader() }),
        ],
      }),
    }));
    const { projected } = podOf(objects).volumes[0];
    expect(projected.defaultMode).toBe(0o400);
    expect(projected.sources).toEqual([
      {
        configMap: {
          name: kind(objects.filter(object => object.immutable), 'ConfigMap').metadata.name,
          items: [{ key: 'app.conf', path: 'app.conf', mode: 0o444 }, { key: 'bin_start', path: 'bin/start', mode: 0o555 }],
        },
      },
      { configMap: { name: 'test-shared' } },
      { secret: { name: 'tls' } },
    ]);
    expect(deployment(objects).metadata.annotations).toEqual({ 'secret.reloader.stakater.com/reload': 'tls' });
  });

  test('as single files stands beside the image\'s own', () => {
    const objects = configured({ mountPath: '/etc/nginx', placement: ConfigPlacement.FILES, sources: [ConfigSource.text('conf.d/site.conf', ''), text] });
    expect(containerOf(objects).volumeMounts.filter((mount: any) => mount.subPath)).toEqual([
      { mountPath: '/etc/nginx/app.conf', name: 'etc-nginx', readOnly: true, subPath: 'app.conf' },
      { mountPath: '/etc/nginx/conf.d/site.conf', name: 'etc-nginx', readOnly: true, subPath: 'conf.d/site.conf' },
    ]);
  });

  test('can be shared by two workloads, each with a ConfigMap of its own', () => {
    const config = new ConfigFiles({ sources: [text] });
    const maps = synth(chart => ['a', 'b'].forEach(id => new ConfiguredApp(chart, id, { image: 'acme/app:1', port: 8080, config }))).filter(object => object.kind === 'ConfigMap');
    expect(maps.map(map => map.metadata.name.replace(/-[0-9a-f]+$/, ''))).toEqual(['test-a-app-config', 'test-b-app-config']);
    expect(maps[0].data).toEqual(maps[1].data);
  });
});

describe('a change', () => {
  const before = configured({ sources: [text] });

  test('of one file changes the name of the ConfigMap and the volume of the pod template, and nothing else', () => {
    const after = configured({ sources: [ConfigSource.text('app.conf', 'a = 2\n')] });
    const [was, is] = [before, after].map(objects => kind(objects, 'ConfigMap').metadata.name);
    expect(is).not.toBe(was);
    const forgiving = (objects: any[], name: string, content: string) => JSON.stringify(objects).split(name).join('NAME').replace(JSON.stringify(content), '""');
    expect(forgiving(after, is, 'a = 2\n')).toBe(forgiving(before, was, 'a = 1\n'));
    expect(JSON.stringify(deployment(after).spec.template)).not.toBe(JSON.stringify(deployment(before).spec.template));
  });

  test('of a mode, of bytes or of a name changes the hash', () => {
    const name = (...sources: ConfigSource[]) => kind(configured({ sources }), 'ConfigMap').metadata.name;
    const names = [
      name(text),
      name(ConfigSource.text('app.conf', 'a = 1\n', { mode: 0o440 })),
      name(ConfigSource.text('other.conf', 'a = 1\n')),
      name(ConfigSource.binary('app.conf', Buffer.from('a = 1\n').toString('base64'))),
      name(ConfigSource.binary('app.conf', Buffer.from([0, 1]).toString('base64'))),
      name(ConfigSource.binary('app.conf', Buffer.from([0, 2]).toString('base64'))),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  test('of nothing changes nothing: not the order of keys or sources, nor the line endings of the host', () => {
    const json = (sources: ConfigSource[]) => JSON.stringify(configured({ sources }));
    const a = ConfigSource.yaml('a.yaml', { x: 1, y: { z: [2, 1], w: 3 } });
    const b = ConfigSource.yaml('a.yaml', { y: { w: 3, z: [2, 1] }, x: 1 });
    expect(json([text, a])).toBe(json([b, text]));
    const unix = ConfigSource.file(path.join(directory({ 'a.conf': 'x\ny\n' }), 'a.conf'));
    const windows = ConfigSource.file(path.join(directory({ 'a.conf': 'x\r\ny\r\n' }), 'a.conf'));
    expect(json([windows])).toBe(json([unix]));
    expect(json([ConfigSource.file(path.join(directory({ 'a.conf': 'x\r\ny\r\n' }), 'a.conf'), { keepLineEndings: true })])).not.toBe(json([unix]));
  });

  test('with a checksum is in an annotation, under a stable name', () => {
    const objects = configured({ sources: [text], rollout: ConfigRollout.checksum() });
    expect(kind(objects, 'ConfigMap').metadata.name).toBe('test-app-app-config');
    expect(kind(objects, 'ConfigMap').immutable).toBeUndefined();
    expect(deployment(objects).spec.template.metadata.annotations).toEqual({ 'checksum/app-config': expect.stringMatching(/^[0-9a-f]{10}$/) });
  });

  test('of a live map or for no reason rolls nothing', () => {
    for (const rollout of [ConfigRollout.live(), ConfigRollout.none('read once a day')]) {
      const one = configured({ sources: [text], rollout });
      const two = configured({ sources: [ConfigSource.text('app.conf', 'a = 2\n')], rollout });
      expect(deployment(two)).toEqual(deployment(one));
    }
  });

  test('is left to Reloader where that was chosen', () => {
    const objects = configured({ sources: [text], rollout: ConfigRollout.reloader() });
    expect(deployment(objects).metadata.annotations).toEqual({ 'configmap.reloader.stakater.com/reload': 'test-app-app-config' });
  });
});

describe('what configuration refuses', () => {
  const refuses = (props: ConfigFilesProps, sentence: string) => expect(() => configured(props)).toThrow(`[test/app/${new ConfigFiles(props).capabilityId}] ${sentence}`);
  const file = (name: string, content: string, options = {}) => ({ sources: [ConfigSource.text(name, content, options)] });

  test('more than a ConfigMap holds, naming the largest files', () => {
    jest.spyOn(process, 'emitWarning').mockImplementationOnce(() => undefined);
    refuses({ sources: [ConfigSource.text('big.txt', 'x'.repeat(1024 * 1024)), ConfigSource.text('small.txt', 'x')] },
      'its files add up to 1048577 bytes, more than the 1048576 that a ConfigMap holds. the largest are \'big.txt (1048576 bytes)\' and \'small.txt (1 bytes)\'. leave some out, or mount them from several ConfigFiles or a volume');
    expect(() => configured({ sources: [ConfigSource.text('big.txt', 'x'.repeat(1024 * 1024))] })).not.toThrow();
  });

  test.each(['/', '/etc', '/usr', '/bin', '/app', '/etc/nginx', '/usr/share'])('a directory over %s', mountPath => {
    expect(() => configured({ sources: [text], mountPath })).toThrow(`is mounted at '${mountPath}', which hides the files that the image has there`);
  });

  test('no such directory where somebody says why', () => {
    expect(() => configured({ sources: [text], mountPath: '/etc/nginx' }, [Waiver.hideImageFiles('all files are given')])).not.toThrow();
  });

  test.each(['../a', '/a', 'a//b', 'a/../b', '..a', '', 'a:b', 'a\\b', 'a\nb'])('the path %j', name => {
    refuses(file(name, ''), `'${name}' is not a path below the mount. write it relative, with '/' between names, without '.', '..', ':', '\\' or control characters, and not beginning with '..'`);
  });

  test('two sources at one path, and a file where another needs a directory', () => {
    refuses({ sources: [text, ConfigSource.text('app.conf', 'b')] }, 'text \'app.conf\' and text \'app.conf\' both have the file \'app.conf\'. give one of them another path');
    refuses({ sources: [ConfigSource.text('a', ''), ConfigSource.text('a/b', '')] }, 'text \'a\' and text \'a/b\' have \'a/b\' and \'a\', of which one would have to be a directory. give one of them another path');
    refuses({ sources: [text, ConfigSource.secret(SecretSource.fromName('s'), { rollout: ConfigRollout.live(), files: { 'app.conf': 'k' } })] },
      'text \'app.conf\' and Secret \'s\' both have the file \'app.conf\'. give one of them another path');
  });

  test('text that is not what its name says', () => {
    refuses(file('a.yaml', 'a: [1\nb: 2\n'), '\'a.yaml\' is not YAML at line 2, column 1: ');
    refuses(file('a.yml', 'a: 1\na: 2\n'), '\'a.yml\' is not YAML at line 2, column 1: Map keys must be unique');
    refuses(file('a.json', '{"a": }'), '\'a.json\' is not JSON: ');
    refuses(file('a.toml', 'a = \n'), '\'a.toml\' is not TOML at line 1, column 5: ');
    expect(() => configured(file('a.yaml', '{{ template }}: [', { checkSyntax: false }))).not.toThrow();
    expect(() => configured(file('a.yaml', '--- \na: 1\n--- \nb: !Ref x\n'))).not.toThrow();
  });

  test('data that breaks its schema, or a schema that is none', () => {
    const schema = { type: 'object', required: ['port'], properties: { port: { type: 'integer' }, level: { enum: ['info', 'debug'] } }, additionalProperties: false };
    refuses({ sources: [ConfigSource.yaml('a.yaml', { port: '80', level: 'trace', x: 1 }, { schema })] },
      '\'a.yaml\' breaks its schema: \'/\' must NOT have additional properties (x); \'/port\' must be integer; \'/level\' must be equal to one of the allowed values (info, debug). change the data or the schema');
    refuses(file('a.json', '{"level": "info"}', { schema: { ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' } }), '\'a.json\' breaks its schema: \'/\' must have required property \'port\'. change the data or the schema');
    refuses(file('a.conf', 'x', { schema }), '\'a.conf\' has a schema, but its name does not say how to read it. name it \'.yaml\', \'.json\' or \'.toml\', or leave the schema out');
    refuses({ sources: [ConfigSource.yaml('a.yaml', {}, { schema: { type: 'nonsense' } })] }, 'the schema of \'a.yaml\' is not a JSON Schema: ');
    expect(() => configured({ sources: [ConfigSource.ini('a.ini', { port: 1 }, { schema })] })).not.toThrow();
  });

  test('what looks like a credential, unless somebody says why', () => {
    const key = '# key\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n';
    refuses(file('key.pem', key), '\'key.pem\' has a private key on line 2, and everybody who may read ConfigMaps would see it. keep it in a Secret and mount that with \'ConfigSource.secret\', or waive it with \'Waiver.credentialInConfigMap(reason)\'');
    expect(() => configured(file('key.pem', key), [Waiver.credentialInConfigMap('a key made for this test')])).not.toThrow();
  });

  test('a missing file or directory, saying from where it was looked for', () => {
    refuses({ sources: [ConfigSource.file('no/such.conf')] }, `the file 'no/such.conf' cannot be read: ENOENT. paths begin at the directory that synth runs in, '${process.cwd()}'`);
    refuses({ sources: [ConfigSource.directory('no/such')] }, `the directory 'no/such' is not there. paths begin at the directory that synth runs in, '${process.cwd()}'`);
  });

  test('a link that leaves the directory, points nowhere or to a directory', () => {
    const leaves = directory({ 'a.conf': '->/etc/hostname' });
    refuses({ sources: [ConfigSource.directory(leaves)] }, `the link '${leaves}/a.conf' leaves the directory, for '/etc/hostname'. replace it by the file itself, or list it in 'exclude'`);
    const nowhere = directory({ 'a.conf': '->b.conf' });
    refuses({ sources: [ConfigSource.directory(nowhere)] }, `the link '${nowhere}/a.conf' points to 'b.conf', which is not there. replace it by the file itself, or list it in 'exclude'`);
    const loop = directory({ 'a/b.conf': 'x', 'a/c': '->../a' });
    refuses({ sources: [ConfigSource.directory(loop)] }, `the link '${loop}/a/c' does not point to a file. replace it by the file itself, or list it in 'exclude'`);
    expect(kind(configured({ sources: [ConfigSource.directory(directory({ 'a.conf': 'x', 'b.conf': '->a.conf' }))] }), 'ConfigMap').data).toEqual({ 'a.conf': 'x', 'b.conf': 'x' });
  });

  test('a hidden file, an empty directory and what is no file, until somebody says what to do with them', () => {
    const hidden = directory({ 'a.conf': 'x', '.env': 'y' });
    refuses({ sources: [ConfigSource.directory(hidden)] }, `'${hidden}/.env' is hidden. list it in 'exclude' to leave it out, or set 'includeHidden: true' to mount it`);
    expect(kind(configured({ sources: [ConfigSource.directory(hidden, { includeHidden: true })] }), 'ConfigMap').data).toEqual({ '.env': 'y', 'a.conf': 'x' });
    expect(kind(configured({ sources: [ConfigSource.directory(hidden, { exclude: ['**/.*'] })] }), 'ConfigMap').data).toEqual({ 'a.conf': 'x' });

    const empty = directory({ 'a.conf': 'x' });
    fs.mkdirSync(path.join(empty, 'sub'));
    refuses({ sources: [ConfigSource.directory(empty)] }, `the directory '${empty}/sub' is empty, and a ConfigMap cannot hold an empty directory. put a file there, or list it in 'exclude'`);

    const pipe = directory({ 'a.conf': 'x' });
    execFileSync('mkfifo', [path.join(pipe, 'pipe')]);
    refuses({ sources: [ConfigSource.directory(pipe)] }, `'${pipe}/pipe' is neither a file nor a directory. list it in 'exclude'`);
  });

  test('an unreadable file or directory', () => {
    const root = directory({ 'a.conf': 'x', 'sub/b.conf': 'y', 'listed/c.conf': 'z' });
    [os.tmpdir(), root].forEach(open => fs.chmodSync(open, 0o755));
    fs.chmodSync(path.join(root, 'a.conf'), 0);
    fs.chmodSync(path.join(root, 'sub'), 0);
    fs.chmodSync(path.join(root, 'listed'), 0o444);
    const user = process.geteuid!();
    try {
      if (user === 0) { // root may read everything
        process.seteuid!(65534);
      }
      refuses({ sources: [ConfigSource.directory(root, { exclude: ['sub', 'listed'] })] }, `the file '${root}/a.conf' cannot be read: EACCES.`);
      refuses({ sources: [ConfigSource.directory(root, { exclude: ['a.conf', 'listed'] })] }, `the directory '${root}/sub' cannot be read: EACCES.`);
      refuses({ sources: [ConfigSource.directory(path.join(root, 'sub', 'deeper'))] }, `the directory '${root}/sub/deeper' cannot be read: EACCES.`);
      refuses({ sources: [ConfigSource.directory(root, { exclude: ['a.conf', 'sub'] })] }, `the file '${root}/listed/c.conf' cannot be read: EACCES.`);
    } finally {
      process.seteuid!(user);
    }
  });

  test('a rollout that cannot be kept', () => {
    for (const strategy of ['immutable', 'checksum'] as const) {
      refuses({ sources: [ConfigSource.configMapName('shared', { rollout: ConfigRollout[strategy]() })] },
        `the ConfigMap 'shared' is made elsewhere, so its content is not known here and 'ConfigRollout.${strategy}()' cannot be kept. choose 'ConfigRollout.reloader()', 'ConfigRollout.live()' or 'ConfigRollout.none(reason)'`);
    }
    for (const sources of [[text], [ConfigSource.configMapName('shared', { rollout: ConfigRollout.none('because') })]]) {
      refuses({ sources, rollout: ConfigRollout.none('because') }, '\'ConfigRollout.none\' gives the reason \'because\'. say why in at least three words');
    }
    refuses({ sources: [text], placement: ConfigPlacement.FILES, rollout: ConfigRollout.live() },
      'single files are mounted by \'subPath\', and running containers never see a change of them, so \'ConfigRollout.live()\' cannot be kept. mount a directory, or choose a rollout that replaces the pods');
    refuses({ sources: [ConfigSource.configMapName('shared', { rollout: ConfigRollout.reloader() })], placement: ConfigPlacement.FILES },
      '\'shared\' is to be mounted as single files, but which ones is not said. list them in \'files\', by path');
  });

  test('nothing at all, a wrong mode, a wrong key, and what is not base64', () => {
    refuses({ sources: [] }, 'it has no files. give it at least one source with a file');
    refuses(file('a', '', { mode: 0o1777 }), 'the mode of \'a\' is 1023. give a whole number from 0 to 511');
    refuses({ sources: [ConfigSource.secret(SecretSource.fromName('s'), { rollout: ConfigRollout.live(), files: { a: 'b/c' } })] }, 'the Secret \'s\' cannot have the key \'b/c\'. keys are letters, digits, \'-\', \'_\' and \'.\'');
    refuses({ sources: [ConfigSource.binary('a', 'no base64!')] }, 'the content of \'a\' is not base64. encode its bytes with padding and the standard alphabet');
    refuses({ sources: [text], mountPath: 'config' }, '\'mountPath\' \'config\' is not an absolute path in a container.');
  });
});

test('warns where client-side apply could not note the ConfigMap', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  configured({ sources: [ConfigSource.text('a.txt', 'x'.repeat(255 * 1024))] });
  expect(warn).not.toHaveBeenCalled();
  configured({ sources: [ConfigSource.text('a.txt', 'x'.repeat(256 * 1024))] });
  expect(warn.mock.calls).toEqual([[
    expect.stringMatching(/^\[test\/app\/app-config\] the ConfigMap 'test-app-app-config-\w+' is larger than the 256Ki that 'kubectl apply' can note in its annotation\. apply it with 'kubectl apply --server-side'$/),
    'StoragePatternsWarning',
  ]]);
  warn.mockRestore();
});

test('a chart in another language sees the same bytes', () => {
  // what jsii hands over is plain data in no particular order
  const define = (data: any) => (chart: Chart) => new ConfiguredApp(chart, 'app', { image: 'a:1', port: 8080, config: new ConfigFiles({ sources: [ConfigSource.toml('a.toml', data)] }) });
  expect(JSON.stringify(synth(define({ b: 1, a: { d: true, c: 'x' } })))).toBe(JSON.stringify(synth(define({ a: { c: 'x', d: true }, b: 1 }))));
});
