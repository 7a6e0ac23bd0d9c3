import { emptyDir, expectRefusal, extended, podWith } from './fixtures';
import { PodVolume, Waiver } from '../../src';

test('refuses a mount that hides files of the image', () => {
  expectRefusal(
    { writableDirectories: [{ path: '/etc' }] },
    "Volume 'scratch-etc' is mounted at '/etc', which hides the files of the image in that directory. Use a " +
      "directory below it, such as '/etc/config', set 'copyFromImage: true' of a writable directory, or waive the " +
      "rule with 'Waiver.mountHidesImageFiles(reason)'.",
  );
  expectRefusal({ writableDirectories: [{ path: '/' }] }, "Volume 'scratch-");
  const mount = { path: '/etc', volume: PodVolume.fromSource('config', { configMap: { name: 'config' } }) };
  expect(() => extended({ mounts: [mount] })).toThrow("'/etc/config', use 'MountStyle.SUB_PATH' for single files, or");
});

test('accepts a writable directory with the files of the image, but not the root', () => {
  const withCopy = (path: string) => ({ writableDirectories: [{ path, copyFromImage: true }] });
  for (const path of ['/etc', '/opt', '/etc/nginx']) {
    expect(() => podWith(withCopy(path))).not.toThrow();
  }
  expectRefusal(withCopy('/'), "Volume 'scratch-");
});

test('accepts a mount that hides files of the image if the rule is waived', () => {
  const waivers = [Waiver.mountHidesImageFiles('all files are mounted')];
  expect(podWith({ writableDirectories: [{ path: '/etc' }], waivers }).containers[0].volumeMounts).toContainEqual({
    name: 'scratch-etc',
    mountPath: '/etc',
  });
});

test('accepts a single file next to the files of the image', () => {
  const mount = { path: '/etc/app.conf', volume: emptyDir('data'), subPath: 'app.conf' };
  expect(() => extended({ mounts: [mount] })).not.toThrow();
});

test('refuses a mount in a directory of the kernel, except for shared memory', () => {
  expectRefusal(
    { writableDirectories: [{ path: '/proc/x' }] },
    "Volume 'scratch-proc-x' is mounted at '/proc/x', in the kernel directory '/proc', so the container cannot " +
      'start. ' +
      'Use another path.',
  );
  expect(() => podWith({ writableDirectories: [{ path: '/dev/shm' }] })).not.toThrow();
});
