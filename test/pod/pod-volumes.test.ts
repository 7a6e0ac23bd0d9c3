import { emptyDir, expectConflict, extended } from './fixtures';
import { PodVolume } from '../../src';
import { podOf } from '../synth';

const volumesOf = (...volumes: PodVolume[]) =>
  podOf(extended(...volumes.map((volume, i) => ({ mounts: [{ path: `/data${i}`, volume }] })))).volumes;

test('renders a volume once that two extensions share', () => {
  const shared = emptyDir('data');
  expect(volumesOf(shared, shared).map(({ name }: any) => name)).toEqual(['data', 'scratch-tmp']);
});

test('renders a claim once that two extensions refer to', () => {
  const claim = () => PodVolume.fromClaimName('claim', { name: 'data' });
  expect(volumesOf(claim(), claim())).toEqual([
    { name: 'data', persistentVolumeClaim: { claimName: 'claim' } },
    expect.objectContaining({ name: 'scratch-tmp' }),
  ]);
});

test('refuses two different volumes with one name', () =>
  expectConflict(
    { mounts: [{ path: '/a', volume: emptyDir('data') }] },
    { mounts: [{ path: '/b', volume: PodVolume.fromClaimName('claim', { name: 'data' }) }] },
    "Extension 'one' and extension 'other' define different volumes with the name 'data'. Use another name for one " +
      'of them.',
  ));

test('refuses two emptyDir volumes with one name', () =>
  expectConflict(
    { mounts: [{ path: '/a', volume: emptyDir('data') }] },
    { mounts: [{ path: '/b', volume: emptyDir('data') }] },
    "Extension 'one' and extension 'other' each define an emptyDir 'data', so each would write into the directory of " +
      "the other. Use another name for one of them, or share one 'PodVolume' object.",
  ));

test.each<[string, PodVolume, string]>([
  [
    'an emptyDir without a size limit',
    PodVolume.fromSource('data', { emptyDir: {} }),
    "Volume 'data' of extension 'e0' is an emptyDir that can be without a size limit. Create it with " +
      "'PodVolume.emptyDir', which requires a 'sizeLimit'.",
  ],
  [
    'a volume without a source',
    PodVolume.fromSource('data', {}),
    "Volume 'data' of extension 'e0' has no source. Set exactly one source, for example 'configMap: {name: " +
      "app-config}'.",
  ],
  [
    'a volume with two sources',
    PodVolume.fromSource('data', { configMap: { name: 'a' }, secret: { secretName: 'b' } }),
    "Volume 'data' of extension 'e0' has the sources 'configMap', 'secret'.",
  ],
  [
    'an invalid volume name',
    PodVolume.fromSource('Data', { configMap: { name: 'a' } }),
    "Volume name 'Data' is not a valid DNS label.",
  ],
  [
    'an invalid claim name',
    PodVolume.fromClaimName('No Name', { name: 'data' }),
    "Invalid name 'No Name' for the PersistentVolumeClaim of volume 'data'.",
  ],
  [
    'a Secret without a name',
    PodVolume.fromSource('data', { secret: {} }),
    "Invalid name '' for the Secret of volume 'data'.",
  ],
  [
    'an invalid name of a projected ConfigMap',
    PodVolume.fromSource('data', { projected: { sources: [{ configMap: { name: 'No Name' } }] } }),
    "Invalid name 'No Name' for the ConfigMap of volume 'data'.",
  ],
])('refuses %s', (_, volume, error) => {
  expect(() => volumesOf(volume)).toThrow(`[test/app] ${error}`);
});
