import { App, Chart, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { expectRefusal, extension, podWith } from './fixtures';
import { AppWorkload, SafetyAudit } from '../../src';
import { podOf, synth, workload } from '../synth';

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

describe('a directory with files of the image', () => {
  const directory = { path: '/srv/cache', copyFromImage: true };
  const namesIn = (containers: any[] = []) => containers.map(({ name }) => name);

  test('is filled by an init container of the same image', () => {
    const pod = podWith({ image: 'ghcr.io/acme/shop:1.4.2', writableDirectories: [directory] });
    expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'scratch-srv-cache', mountPath: '/srv/cache' });
    expect(pod.initContainers).toHaveLength(1);
    expect(pod.initContainers[0]).toMatchObject({
      name: 'copy-srv-cache',
      image: 'ghcr.io/acme/shop:1.4.2',
      command: ['cp', '-Rf', '/srv/cache/.', '/writable-copy'],
      volumeMounts: [{ name: 'scratch-srv-cache', mountPath: '/writable-copy' }],
    });
    expect(pod.volumes).toContainEqual({ name: 'scratch-srv-cache', emptyDir: { sizeLimit: '64Mi' } });
  });

  test('is optional', () => {
    const writableDirectories = [{ path: '/srv/cache' }, { path: '/srv/data', copyFromImage: false }];
    expect(podWith({ writableDirectories }).initContainers).toBeUndefined();
  });

  test('counts against the memory limit of the init container if it is in memory', () => {
    const inMemory = { ...directory, sizeLimit: Size.mebibytes(100), medium: EmptyDirMedium.MEMORY };
    expect(podWith({ writableDirectories: [inMemory] }).initContainers[0].resources.limits.memory).toBe('164Mi');
  });

  test('is filled before the other containers start, which can mount it', () => {
    const tool = { image: 'acme/tool:1', likeApp: true, command: ['tool'] };
    const pod = podOf(
      synth(chart =>
        workload(chart, { writableDirectories: [directory, { path: '/etc/app', copyFromImage: true }] })
          .add(extension('tools', { initContainers: [{ ...tool, name: 'a' }], sidecars: [{ ...tool, name: 'b' }] }))
          .addInitContainer({ ...tool, name: 'c' }),
      ),
    );
    expect(namesIn(pod.initContainers)).toEqual(['copy-etc-app', 'copy-srv-cache', 'b', 'a', 'c']);
    expect(pod.initContainers[4].volumeMounts).toContainEqual({ name: 'scratch-srv-cache', mountPath: '/srv/cache' });
  });

  test('contains the files of the image of each workload', () => {
    const images = synth(chart => {
      const web = workload(chart, { writableDirectories: [directory] });
      new AppWorkload(chart, 'worker', { like: web, image: 'acme/worker:1', port: 8080 });
    }).flatMap(({ spec }) => spec?.template?.spec.initContainers ?? []);
    expect(images.map(({ name, image }) => [name, image])).toEqual([
      ['copy-srv-cache', 'acme/app:1.0.0'],
      ['copy-srv-cache', 'acme/worker:1'],
    ]);
  });

  test('has different names for paths that differ only in punctuation', () => {
    const writableDirectories = ['/a/b', '/a-b'].map(path => ({ path, copyFromImage: true }));
    const names = namesIn(podWith({ writableDirectories }).initContainers);
    expect(names).toEqual([expect.stringMatching(/^copy-a-b-[0-9a-f]{10}$/), expect.stringMatching(/^copy-a-b-/)]);
    expect(new Set(names).size).toBe(2);
  });

  test('has no finding, also in a directory that contains files in most images', () => {
    const chart = new Chart(new App(), 'test');
    workload(chart, { writableDirectories: [directory, { path: '/etc', copyFromImage: true }] });
    expect(SafetyAudit.run(chart).findings).toEqual([]);
  });

  test('refuses a value that is not a boolean', () => {
    expectRefusal(
      { writableDirectories: [{ path: '/srv/cache', copyFromImage: 'yes' as any }] },
      "'copyFromImage' in 'writableDirectories[0]' ",
    );
  });
});
