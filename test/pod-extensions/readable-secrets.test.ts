import { chartOf, container, deployment, extension, podOf } from './fixtures';
import {
  ConfigFiles,
  ConfigSource,
  ExistingRollout,
  PodAdditions,
  PodExtensions,
  PodVolume,
  SecretSource,
} from '../../src';

const secret = ConfigSource.fromSecret(SecretSource.fromName('keys'), { rollout: ExistingRollout.live() });

function volumesOf(sources: ConfigSource[], pod: object = {}, also: PodAdditions = {}): any[] {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, pod))
    .add(new ConfigFiles({ sources, id: 'config' }))
    .add(extension('also', also));
  return podOf(chart).volumes;
}

test('all users of a container can read the files of a Secret in a pod without fsGroup', () => {
  expect(volumesOf([secret])).toEqual([{ name: 'config', secret: { secretName: 'keys', defaultMode: 0o444 } }]);
  const [{ projected }] = volumesOf([secret, ConfigSource.text('a.conf', 'a')]);
  expect(projected.defaultMode).toBe(0o444);
});

test('only the group can read the files of a Secret in a pod with fsGroup', () => {
  const [{ secret: source }] = volumesOf([secret], { securityContext: { fsGroup: 2000 } });
  expect(source.defaultMode).toBe(0o400);
});

const root = { securityContext: { runAsUser: 0 } };

test('only root can read the files of a Secret that an app mounts as root, unless another container does', () => {
  expect(volumesOf([secret], root)[0].secret.defaultMode).toBe(0o400);
  const like = { initContainers: [{ name: 'migrate', command: ['migrate'], likeApp: true }] };
  expect(volumesOf([secret], root, like)[0].secret.defaultMode).toBe(0o444);
});

test('the modes of single files can be read too, and other permissions stay', () => {
  const items = [
    { key: 'key', path: 'key', mode: 0o500 },
    { key: 'other', path: 'other' },
  ];
  const volume = (name: string, source: object) => ({
    path: `/${name}`,
    volume: PodVolume.fromSource(name, source),
    readOnly: true,
  });
  const mounts = [
    volume('one', { secret: { secretName: 'keys', items, defaultMode: 0o600 } }),
    volume('two', { projected: { defaultMode: 0o440, sources: [{ secret: { name: 'keys', items } }] } }),
    volume('three', { configMap: { name: 'settings', defaultMode: 0o400 } }),
  ];
  const volumes = volumesOf([ConfigSource.text('a', 'a')], {}, { mounts });
  const readable = [
    { key: 'key', path: 'key', mode: 0o544 },
    { key: 'other', path: 'other' },
  ];
  expect(volumes.find(({ name }) => name === 'one').secret).toMatchObject({ items: readable, defaultMode: 0o644 });
  expect(volumes.find(({ name }) => name === 'two').projected).toEqual({
    defaultMode: 0o444,
    sources: [{ secret: { name: 'keys', items: readable } }],
  });
  expect(volumes.find(({ name }) => name === 'three').configMap.defaultMode).toBe(0o400);
});

test('refuses a key that a database server would not accept', () => {
  const command = ['postgres', '-c', 'ssl=on', '-c', 'ssl_key_file=/etc/keys/tls.key'];
  const server = container({ image: 'docker.io/library/postgres:17.11-trixie', command });
  const keys = new ConfigFiles({ sources: [secret], mountPath: '/etc/keys' });
  expect(() => PodExtensions.of(deployment(chartOf(), { containers: [server] })).add(keys)).toThrow(
    /^\[shop\/web\] The key '\/etc\/keys\/tls.key' of PostgreSQL has the mode 0444, so every user can read it\./,
  );
});
