import { isNetworkVolume, outlivesPod } from '../../src/inspect/volume-life';

test.each([
  ['persistentVolumeClaim', {}, true, false],
  ['volumeClaimTemplate', {}, true, false],
  ['hostPath', {}, true, false],
  ['nfs', {}, true, true],
  ['csi', { driver: 'nfs.csi.k8s.io' }, true, true],
  ['csi', { driver: 'secrets-store.csi.k8s.io' }, false, false],
  ['ephemeral', {}, false, false],
  ['emptyDir', {}, false, false],
  ['image', {}, false, false],
  ['projected', {}, false, false],
])(
  'the files of a volume of type %s with %j outlive its pod: %p, and all nodes share them: %p',
  (type, source, ...life) => {
    const volume = { name: 'data', type, source, at: [] };
    expect([outlivesPod(volume), isNetworkVolume(volume)]).toEqual(life);
  },
);
