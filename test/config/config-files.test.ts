import * as path from 'path';
import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { configured, directory, text } from './fixtures';
import {
  ConfigFiles,
  MountStyle,
  ConfigRollout,
  ConfigSource,
  ConfiguredApp,
  SecretSource,
  ExistingRollout,
} from '../../src';
import { containerOf, kind, podOf, synth } from '../synth';

const deployment = (objects: any[]) => kind(objects, 'Deployment');

describe('configuration', () => {
  test('the smallest use', () => {
    expect(configured({ sources: [text] })).toMatchSnapshot();
  });

  test('is mounted read-only at /app/config from an immutable ConfigMap', () => {
    const objects = configured({ sources: [text] });
    const map = kind(objects, 'ConfigMap');
    expect(map).toMatchObject({ immutable: true, data: { 'app.conf': 'a = 1\n' } });
    expect(map.metadata.name).toMatch(/^test-app-app-config-[0-9a-f]{10}$/);
    expect(containerOf(objects).volumeMounts).toContainEqual({
      mountPath: '/app/config',
      name: 'app-config',
      readOnly: true,
    });
    expect(podOf(objects).volumes).toContainEqual({
      name: 'app-config',
      configMap: { name: map.metadata.name, defaultMode: 0o444 },
    });
  });

  test('keeps the old map when GitOps tools prune, for the pods that still mount it', () => {
    expect(kind(configured({ sources: [text] }), 'ConfigMap').metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'kustomize.toolkit.fluxcd.io/prune': 'Disabled',
    });
  });

  test('of a directory keeps nested paths, under keys that are legal and do not collide', () => {
    const root = directory({
      'nginx.conf': 'a',
      'conf.d/site.conf': 'b',
      'conf.d_site.conf': 'c',
      'x/ü.txt': 'd',
      'x/ö.txt': 'e',
      'logo.png': Buffer.from([0x89, 0, 0xff]),
    });
    const objects = configured({ sources: [ConfigSource.fromDirectory(root)] });
    const { data, binaryData } = kind(objects, 'ConfigMap');
    const { items } = podOf(objects).volumes[0].configMap;
    const mounted = Object.fromEntries(items.map((item: any) => [item.path, data[item.key] ?? binaryData[item.key]]));
    expect(mounted).toEqual({
      'nginx.conf': 'a',
      'conf.d/site.conf': 'b',
      'conf.d_site.conf': 'c',
      'x/ü.txt': 'd',
      'x/ö.txt': 'e',
      'logo.png': 'iQD/',
    });
    expect(new Set(items.map((item: any) => item.key)).size).toBe(6);
    expect(items.every((item: any) => /^[-._a-zA-Z0-9]{1,253}$/.test(item.key))).toBe(true);
  });

  test('keeps files and variables whose names JavaScript takes for its own', () => {
    const objects = configured({
      sources: [ConfigSource.text('constructor', 'a'), ConfigSource.text('__proto__', 'b')],
    });
    const { items } = podOf(objects).volumes[0].configMap;
    const { data } = kind(objects, 'ConfigMap');
    expect(items.map((item: any) => [item.path, data[item.key]])).toEqual([
      ['__proto__', 'b'],
      ['constructor', 'a'],
    ]);
  });

  test('of a Secret is for the app alone, and never in a ConfigMap', () => {
    const objects = configured({
      sources: [
        ConfigSource.fromSecret(SecretSource.fromName('tls'), {
          rollout: ExistingRollout.live(),
          items: [{ key: 'tls.key', path: 'tls/key.pem' }],
        }),
      ],
    });
    expect(kind(objects, 'ConfigMap')).toBeUndefined();
    expect(podOf(objects).volumes[0]).toEqual({
      name: 'app-config',
      secret: { secretName: 'tls', items: [{ key: 'tls.key', path: 'tls/key.pem' }], defaultMode: 0o400 },
    });
    expect(podOf(objects).securityContext.fsGroup).toBe(10001);
  });

  test('of several sources is projected into one directory, with the secret ones still closed', () => {
    const objects = synth(
      chart =>
        new ConfiguredApp(chart, 'app', {
          image: 'acme/app:1.0.0',
          port: 8080,
          config: new ConfigFiles({
            sources: [
              text,
              ConfigSource.text('bin/start', '#!/bin/sh\n', { mode: 0o555 }),
              ConfigSource.fromConfigMap(new ConfigMap(chart, 'shared', { data: { zone: 'b' } }), {
                rollout: ExistingRollout.live(),
              }),
              ConfigSource.fromSecret(SecretSource.fromName('tls'), { rollout: ExistingRollout.reloader() }),
            ],
          }),
        }),
    );
    const { projected } = podOf(objects).volumes[0];
    expect(projected.defaultMode).toBe(0o400);
    expect(projected.sources).toEqual([
      {
        configMap: {
          name: kind(
            objects.filter(object => object.immutable),
            'ConfigMap',
          ).metadata.name,
          items: [
            { key: 'app.conf', path: 'app.conf', mode: 0o444 },
            { key: 'bin_start', path: 'bin/start', mode: 0o555 },
          ],
        },
      },
      { configMap: { name: 'test-shared' } },
      { secret: { name: 'tls' } },
    ]);
    expect(deployment(objects).metadata.annotations).toEqual({ 'secret.reloader.stakater.com/reload': 'tls' });
  });

  test("as single files stands beside the image's own", () => {
    const objects = configured({
      mountPath: '/etc/nginx',
      mountStyle: MountStyle.SUB_PATH,
      sources: [ConfigSource.text('conf.d/site.conf', ''), text],
    });
    expect(containerOf(objects).volumeMounts.filter((mount: any) => mount.subPath)).toEqual([
      { mountPath: '/etc/nginx/app.conf', name: 'etc-nginx', readOnly: true, subPath: 'app.conf' },
      { mountPath: '/etc/nginx/conf.d/site.conf', name: 'etc-nginx', readOnly: true, subPath: 'conf.d/site.conf' },
    ]);
  });

  test('can be shared by two workloads, each with a ConfigMap of its own', () => {
    const config = new ConfigFiles({ sources: [text] });
    const maps = synth(chart =>
      ['a', 'b'].forEach(id => new ConfiguredApp(chart, id, { image: 'acme/app:1', port: 8080, config })),
    ).filter(object => object.kind === 'ConfigMap');
    expect(maps.map(map => map.metadata.name.replace(/-[0-9a-f]+$/, ''))).toEqual([
      'test-a-app-config',
      'test-b-app-config',
    ]);
    expect(maps[0].data).toEqual(maps[1].data);
  });
});

describe('a change', () => {
  const before = configured({ sources: [text] });

  test('of one file changes the name of the ConfigMap and the volume of the pod template, and nothing else', () => {
    const after = configured({ sources: [ConfigSource.text('app.conf', 'a = 2\n')] });
    const [was, is] = [before, after].map(objects => kind(objects, 'ConfigMap').metadata.name);
    expect(is).not.toBe(was);
    const forgiving = (objects: any[], name: string, content: string) =>
      JSON.stringify(objects).split(name).join('NAME').replace(JSON.stringify(content), '""');
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
    const unix = ConfigSource.fromFile(path.join(directory({ 'a.conf': 'x\ny\n' }), 'a.conf'));
    const windows = ConfigSource.fromFile(path.join(directory({ 'a.conf': 'x\r\ny\r\n' }), 'a.conf'));
    expect(json([windows])).toBe(json([unix]));
    expect(
      json([
        ConfigSource.fromFile(path.join(directory({ 'a.conf': 'x\r\ny\r\n' }), 'a.conf'), { keepLineEndings: true }),
      ]),
    ).not.toBe(json([unix]));
  });

  test('with a checksum is in an annotation, under a stable name', () => {
    const objects = configured({ sources: [text], rollout: ConfigRollout.checksum() });
    expect(kind(objects, 'ConfigMap').metadata.name).toBe('test-app-app-config');
    expect(kind(objects, 'ConfigMap').immutable).toBeUndefined();
    expect(deployment(objects).spec.template.metadata.annotations).toEqual({
      'checksum/app-config': expect.stringMatching(/^[0-9a-f]{10}$/),
    });
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
    expect(deployment(objects).metadata.annotations).toEqual({
      'configmap.reloader.stakater.com/reload': 'test-app-app-config',
    });
  });
});

test('warns where client-side apply could not note the ConfigMap', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  configured({ sources: [ConfigSource.text('a.txt', 'x'.repeat(255 * 1024))] });
  expect(warn).not.toHaveBeenCalled();
  configured({ sources: [ConfigSource.text('a.txt', 'x'.repeat(256 * 1024))] });
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(
        /^\[test\/app\/app-config\] the ConfigMap 'test-app-app-config-\w+' is larger than the 256Ki that 'kubectl apply' can note in its annotation\. apply it with 'kubectl apply --server-side'$/,
      ),
      'StoragePatternsWarning',
    ],
  ]);
  warn.mockRestore();
});

test('a chart in another language sees the same bytes', () => {
  // what jsii hands over is plain data in no particular order
  const define = (data: any) => (chart: Chart) =>
    new ConfiguredApp(chart, 'app', {
      image: 'a:1',
      port: 8080,
      config: new ConfigFiles({ sources: [ConfigSource.toml('a.toml', data)] }),
    });
  expect(JSON.stringify(synth(define({ b: 1, a: { d: true, c: 'x' } })))).toBe(
    JSON.stringify(synth(define({ a: { c: 'x', d: true }, b: 1 }))),
  );
});
