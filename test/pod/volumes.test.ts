import { Size } from 'cdk8s';
import { PodAdditions, PodVolume } from '../../src';
import { podOf, synth, workload } from '../synth';

/** A pod with the parts of two extensions. */
function together(one: PodAdditions, other: PodAdditions): any {
  return podOf(
    synth(chart =>
      workload(chart)
        .add({ id: 'one', bind: () => one })
        .add({ id: 'other', bind: () => other }),
    ),
  );
}

const emptyDir = (name: string) => PodVolume.emptyDir(name, { sizeLimit: Size.mebibytes(1) });

describe('a volume', () => {
  test('is held in common by the parts that mount the same one', () => {
    const shared = emptyDir('data');
    const pod = together(
      { mounts: [{ path: '/a', volume: shared }] },
      { sidecars: [{ name: 'b', image: 'b:1', mounts: [{ path: '/a', volume: shared }] }] },
    );
    expect(pod.volumes.map((each: any) => each.name)).toEqual(['data', 'scratch-tmp']);
  });

  test('is held in common by the parts that name one thing outside the pod', () => {
    const claim = () => PodVolume.fromClaimName('claim', { name: 'data' });
    const pod = together({ mounts: [{ path: '/a', volume: claim() }] }, { mounts: [{ path: '/b', volume: claim() }] });
    expect(pod.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'claim' } });
  });

  test.each<[string, () => PodVolume, string]>([
    [
      'differs from another of its name',
      () => PodVolume.fromClaimName('claim', { name: 'data' }),
      "both have a volume 'data', and the two differ. Give one of them another name",
    ],
    [
      'is an emptyDir that equals another of its name, which another part made for itself',
      () => emptyDir('data'),
      "both have an emptyDir 'data', so that each would write into the other's. Give one of them another name, " +
        "or give both the same 'PodVolume'",
    ],
  ])('is refused when it %s', (_, volume, sentence) => {
    const mount = (path: string, one: PodVolume) => ({ mounts: [{ path, volume: one }] });
    const refused = `[test/app] Extension 'one' and extension 'other' ${sentence}`;
    expect(() => together(mount('/a', emptyDir('data')), mount('/b', volume()))).toThrow(refused);
    expect(() => together(mount('/b', volume()), mount('/a', emptyDir('data')))).toThrow(refused);
  });
});

test('scratch directories are volumes of their own, however little their paths differ', () => {
  const long = `/cache/${'a'.repeat(60)}`;
  const paths = ['/a/b', '/a-b', '/a_b', '/cache', long, `${long}b`, '/ü'];
  const pod = podOf(synth(chart => workload(chart, { writableDirectories: paths.map(path => ({ path })) })));
  const mounts = pod.containers[0].volumeMounts;
  expect(mounts.map((mount: any) => mount.mountPath)).toEqual(expect.arrayContaining([...paths, '/tmp']));
  expect(new Set(mounts.map((mount: any) => mount.name)).size).toBe(paths.length + 1);
  expect(mounts).toContainEqual({ name: 'scratch-cache', mountPath: '/cache' });
});
