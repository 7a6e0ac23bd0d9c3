import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { expectRefusal, podWith } from './fixtures';

test('mounts /tmp with 64Mi by default', () => {
  const pod = podWith({});
  expect(pod.containers[0].volumeMounts).toEqual([{ name: 'scratch-tmp', mountPath: '/tmp' }]);
  expect(pod.volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '64Mi' } }]);
});

test('uses the size and medium of the options', () => {
  const directory = { path: '/tmp', sizeLimit: Size.mebibytes(8), medium: EmptyDirMedium.MEMORY };
  expect(podWith({ writableDirectories: [directory] }).volumes).toEqual([
    { name: 'scratch-tmp', emptyDir: { sizeLimit: '8Mi', medium: 'Memory' } },
  ]);
});

test('creates a volume for each path, even if paths have similar names', () => {
  const long = `/cache/${'a'.repeat(60)}`;
  const paths = ['/a/b', '/a-b', '/a_b', '/cache', long, `${long}b`, '/ü'];
  const pod = podWith({ writableDirectories: paths.map(path => ({ path })) });
  const mounts = pod.containers[0].volumeMounts;
  expect(mounts.map(({ mountPath }: any) => mountPath).sort()).toEqual([...paths, '/tmp'].sort());
  expect(new Set(mounts.map(({ name }: any) => name)).size).toBe(paths.length + 1);
  expect(mounts).toContainEqual({ name: 'scratch-cache', mountPath: '/cache' });
});

test('refuses a relative path and an empty size', () => {
  expectRefusal(
    { writableDirectories: [{ path: '/cache' }, { path: 'data' }] },
    "'writableDirectories[1].path' is 'data', which is not an absolute path in a container.",
  );
  expectRefusal(
    { writableDirectories: [{ path: '/cache', sizeLimit: Size.kibibytes(0) }] },
    "Invalid size 0Ki for the size limit of volume 'scratch-cache'. Use a size from 1Ki to 4Ei.",
  );
});
