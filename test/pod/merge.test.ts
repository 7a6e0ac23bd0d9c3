import { EnvValue } from 'cdk8s-plus-28';
import { emptyDir, expectConflict, extended } from './fixtures';
import { PodAdditions, ReloadTargetKind, SecretSource, PodEnvFrom } from '../../src';
import { containerOf, kind, podOf } from '../synth';

const RENAME = 'Use another name for one of them.';

test('refuses two mounts at one path', () =>
  expectConflict(
    { mounts: [{ path: '/data', volume: emptyDir('a') }] },
    { mounts: [{ path: '/data', volume: emptyDir('b') }] },
    "Duplicate mount path '/data' from extension 'one' (volume 'a') and extension 'other' (volume 'b'). Use " +
      'another path for one of them.',
  ));

test('refuses two variables with one name', () =>
  expectConflict(
    { env: { A: EnvValue.fromValue('1') } },
    { env: { A: EnvValue.fromValue('2') } },
    `Duplicate variable 'A' from extension 'one' and extension 'other'. ${RENAME}`,
  ));

test('accepts two variables with one name and value', () => {
  const additions = () => ({ env: { A: EnvValue.fromValue('1') } });
  expect(containerOf(extended(additions(), additions())).env).toEqual([{ name: 'A', value: '1' }]);
});

test('refuses two containers with one name', () =>
  expectConflict(
    { sidecars: [{ name: 'helper', image: 'a:1' }] },
    { initContainers: [{ name: 'helper', image: 'b:1' }] },
    `Duplicate container 'helper' from extension 'one' and extension 'other'. ${RENAME}`,
  ));

test('refuses two containers with one name from one extension', () => {
  const helper = { name: 'helper', image: 'a:1' };
  expect(() => extended({ sidecars: [helper], initContainers: [helper] })).toThrow(
    `[test/app] Duplicate container 'helper' from extension 'e0'. ${RENAME}`,
  );
});

test('refuses two containers with one port', () =>
  expectConflict(
    { sidecars: [{ name: 'a', image: 'a:1', ports: { metrics: 9000 } }] },
    { sidecars: [{ name: 'b', image: 'b:1', ports: { admin: 9000 } }] },
    "Duplicate port '9000' from extension 'one' and extension 'other'. Use another port for one container, because " +
      'they share the network.',
  ));

test('refuses two ports with one name', () =>
  expectConflict(
    { sidecars: [{ name: 'a', image: 'a:1', ports: { metrics: 9000 } }] },
    { sidecars: [{ name: 'b', image: 'b:1', ports: { metrics: 9001 } }] },
    "Duplicate port name 'metrics' from extension 'one' and extension 'other'. Use another name for one port, so " +
      'that probes can refer to it.',
  ));

test('refuses two annotations with one key', () =>
  expectConflict(
    { podAnnotations: { key: '1' } },
    { podAnnotations: { key: '2' } },
    "Duplicate pod annotation 'key' from extension 'one' and extension 'other'. Use another key for one of them.",
  ));

test('refuses a mount below a read-only mount of another extension', () =>
  expectConflict(
    { mounts: [{ path: '/data', volume: emptyDir('a'), readOnly: true }] },
    { mounts: [{ path: '/data/b', volume: emptyDir('b') }] },
    "Volume 'b' is mounted at '/data/b', below the read-only volume 'a' at '/data', so the container cannot start. " +
      'Use a path outside of the read-only volume.',
  ));

test('refuses an invalid annotation key and an invalid name of a reload target', () => {
  expect(() => extended({ podAnnotations: { constructor: 'a' } })).toThrow(
    "[test/app] Invalid key 'constructor' of 'podAnnotations'. Use the form 'name' or 'example.com/name'",
  );
  expect(() => extended({ reloadOn: [{ kind: ReloadTargetKind.SECRET, name: 'No Name' }] })).toThrow(
    "[test/app] Invalid name 'No Name' for the Secret of 'reloadOn'. Use at most 253 lowercase letters",
  );
});

test('renders the same objects for every order of the extensions', () => {
  const additions: PodAdditions[] = [
    {
      mounts: [{ path: '/b', volume: emptyDir('b') }],
      env: { B: EnvValue.fromValue('b') },
      envFrom: [PodEnvFrom.fromConfigMapName('b'), PodEnvFrom.fromSecret(SecretSource.fromName('a'))],
      podAnnotations: { b: '1' },
    },
    {
      mounts: [{ path: '/a', volume: emptyDir('a') }],
      env: { A: EnvValue.fromValue('a') },
      envFrom: [PodEnvFrom.fromConfigMapName('a', { prefix: 'A_' })],
      podAnnotations: { a: '1' },
      sidecars: [{ name: 'b', image: 'b:1' }],
      initContainers: [{ name: 'd', image: 'd:1' }],
      reloadOn: [{ kind: ReloadTargetKind.SECRET, name: 'b' }],
    },
    {
      sidecars: [{ name: 'a', image: 'a:1' }],
      initContainers: [{ name: 'c', image: 'c:1' }],
      reloadOn: [{ kind: ReloadTargetKind.SECRET, name: 'a' }],
    },
  ];
  const objects = extended(...additions);
  expect(extended(...[...additions].reverse())).toEqual(objects);
  expect(podOf(objects).initContainers.map(({ name }: any) => name)).toEqual(['a', 'b', 'c', 'd']);
  expect(containerOf(objects).envFrom).toEqual([
    { prefix: 'A_', configMapRef: { name: 'a' } },
    { configMapRef: { name: 'b' } },
    { secretRef: { name: 'a' } },
  ]);
  expect(kind(objects, 'Deployment').metadata.annotations).toEqual({ 'secret.reloader.stakater.com/reload': 'a,b' });
});
