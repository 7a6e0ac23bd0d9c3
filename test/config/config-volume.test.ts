import { ConfigMap } from 'cdk8s-plus-28';
import { configured, text } from './fixtures';
import { ConfigFiles, ConfigSource, ConfiguredApp, ExistingRollout, SecretSource } from '../../src';
import { kind, podOf, synth } from '../synth';

const rollout = ExistingRollout.live();
const volumeOf = (...sources: ConfigSource[]) => podOf(configured({ sources })).volumes[0];

test('mounts a single Secret with mode 0400, and defines no ConfigMap', () => {
  const items = [{ key: 'tls.key', path: 'tls/key.pem' }];
  const objects = configured({ sources: [ConfigSource.fromSecret(SecretSource.fromName('tls'), { rollout, items })] });
  expect(kind(objects, 'ConfigMap')).toBeUndefined();
  expect(podOf(objects).volumes[0]).toEqual({
    name: 'app-config',
    secret: { secretName: 'tls', items, defaultMode: 0o400 },
  });
  expect(podOf(objects).securityContext.fsGroup).toBe(10001);
});

test('mounts a single ConfigMap with mode 0444', () => {
  expect(volumeOf(ConfigSource.fromConfigMapName('shared', { rollout }))).toEqual({
    name: 'app-config',
    configMap: { name: 'shared', defaultMode: 0o444 },
  });
});

test('projects ConfigMaps with the default mode 0444', () => {
  expect(
    volumeOf(ConfigSource.fromConfigMapName('a', { rollout }), ConfigSource.fromConfigMapName('b', { rollout })),
  ).toEqual({
    name: 'app-config',
    projected: { defaultMode: 0o444, sources: [{ configMap: { name: 'a' } }, { configMap: { name: 'b' } }] },
  });
});

test('projects a Secret with the default mode 0400, and files of the program with their own modes', () => {
  const objects = synth(
    chart =>
      new ConfiguredApp(chart, 'app', {
        image: 'acme/app:1.0.0',
        port: 8080,
        config: new ConfigFiles({
          sources: [
            text,
            ConfigSource.text('bin/start', '#!/bin/sh\n', { mode: 0o555 }),
            ConfigSource.fromConfigMap(new ConfigMap(chart, 'shared', { data: { zone: 'b' } }), { rollout }),
            ConfigSource.fromSecret(SecretSource.fromName('tls'), { rollout: ExistingRollout.reloader() }),
          ],
        }),
      }),
  );
  const { name } = kind(
    objects.filter(({ immutable }) => immutable),
    'ConfigMap',
  ).metadata;
  expect(podOf(objects).volumes[0].projected).toEqual({
    defaultMode: 0o400,
    sources: [
      {
        configMap: {
          name,
          items: [
            { key: 'app.conf', path: 'app.conf', mode: 0o444 },
            { key: 'bin_start', path: 'bin/start', mode: 0o555 },
          ],
        },
      },
      { configMap: { name: 'test-shared' } },
      { secret: { name: 'tls' } },
    ],
  });
  expect(kind(objects, 'Deployment').metadata.annotations).toEqual({
    'secret.reloader.stakater.com/reload': 'tls',
    'waiver.cdk8s-storage-patterns/config-change-rolls-pods': 'the app reads its files again',
  });
});
