import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { expectRefusal, extended, podWith } from './fixtures';
import { PodVolume } from '../../src';

const memoryVolume = (size: Size) => PodVolume.emptyDir('cache', { sizeLimit: size, medium: EmptyDirMedium.MEMORY });

test('refuses a request above its limit', () => {
  expectRefusal(
    { resources: { memory: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } },
    "'resources.memory.request' of container 'app' is 2Gi, more than its limit of 1Gi. Raise the limit or lower the " +
      'request.',
  );
  expectRefusal(
    { resources: { ephemeralStorage: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } },
    "'resources.ephemeralStorage.request' of container 'app' is 2Gi, more than its limit of 1Gi.",
  );
});

test('refuses volumes that exceed the ephemeral storage', () => {
  expectRefusal(
    { resources: { ephemeralStorage: { limit: Size.mebibytes(63) } } },
    'The volumes can grow to 64Mi (scratch-tmp 64Mi), more than the ephemeral storage of 63Mi that the containers ' +
      "can use. Raise 'resources.ephemeralStorage.limit' or lower the 'sizeLimit' of a volume.",
  );
  expect(
    podWith({ resources: { ephemeralStorage: { limit: Size.mebibytes(64) } } }).containers[0].resources.limits,
  ).toEqual(expect.objectContaining({ 'ephemeral-storage': '64Mi' }));
});

test('refuses memory volumes that exceed the memory limit of the app', () => {
  const props = (size: Size) => ({
    writableDirectories: [{ path: '/tmp', sizeLimit: size, medium: EmptyDirMedium.MEMORY }],
  });
  expectRefusal(
    props(Size.mebibytes(257)),
    "The memory volumes of container 'app' can grow to 257Mi (scratch-tmp 257Mi), more than its memory limit of " +
      "256Mi, against which they count. Raise 'resources.memory.limit' or lower the 'sizeLimit' of a volume.",
  );
  expect(podWith(props(Size.mebibytes(256))).volumes).toEqual([
    { name: 'scratch-tmp', emptyDir: { sizeLimit: '256Mi', medium: 'Memory' } },
  ]);
});

test('refuses memory volumes that exceed the memory limit of a sidecar that can write', () => {
  const sidecar = (readOnly: boolean) => ({
    sidecars: [
      {
        name: 'helper',
        image: 'helper:1',
        mounts: [{ path: '/cache', volume: memoryVolume(Size.mebibytes(65)), readOnly }],
      },
    ],
  });
  expect(() => extended(sidecar(false))).toThrow(
    "[test/app] The memory volumes of container 'helper' can grow to 65Mi (cache 65Mi), more than its memory " +
      'limit of 64Mi',
  );
  expect(() => extended(sidecar(true))).not.toThrow();
});
