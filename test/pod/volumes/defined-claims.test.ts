import { App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { mountedBy } from './fixtures';
import { Controller, PodVolume, Waiver } from '../../../src';
import { controlled, expectError } from '../../controllers/fixtures';
import { kind, synth } from '../../synth';

const size = Size.gibibytes(1);
const shared = () => PodVolume.sharedClaim('files', { size });

const claimsOf = (objects: any[]) =>
  objects.filter(object => object.kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);

test('workloads of one namespace share a claim, which the first of them defines', () => {
  const objects = synth(chart => {
    const volume = shared();
    mountedBy(chart, 'web', volume);
    mountedBy(chart, 'worker', volume);
  });
  expect(claimsOf(objects)).toEqual(['test-web-files']);
  const names = objects
    .filter(object => object.kind === 'Deployment')
    .map(({ spec }) => spec.template.spec.volumes.find(({ name }: any) => name === 'files').persistentVolumeClaim);
  expect(names).toEqual([{ claimName: 'test-web-files' }, { claimName: 'test-web-files' }]);
});

test('a claim is defined once that is mounted at several paths', () => {
  const objects = synth(chart => {
    const volume = PodVolume.newClaim('data', { size });
    mountedBy(chart, 'app', volume).mount('/media', volume, { subPath: 'media', readOnly: true });
  });
  expect(claimsOf(objects)).toEqual(['test-app-data']);
  expect(kind(objects, 'Deployment').spec.template.spec.containers[0].volumeMounts).toEqual([
    { name: 'data', mountPath: '/data' },
    { name: 'data', mountPath: '/media', subPath: 'media', readOnly: true },
    { name: 'scratch-tmp', mountPath: '/tmp' },
  ]);
});

test('charts of one app share a claim', () => {
  const app = new App();
  const volume = shared();
  const options = { namespace: 'shop', disableResourceNameHashes: true };
  const [web, worker] = ['web', 'worker'].map(id => new Chart(app, id, options));
  mountedBy(web, 'app', volume);
  mountedBy(worker, 'app', volume);
  expect(claimsOf(web.toJson())).toEqual(['web-app-files']);
  expect(claimsOf(worker.toJson())).toEqual([]);
});

test('charts for different clusters can refer to claims of one name', () => {
  const app = new App();
  const define = () =>
    ['dev', 'prod'].forEach(id => mountedBy(new Chart(app, id), 'app', PodVolume.fromClaimName('x')));
  expect(define).not.toThrow();
});

test('a claim for each replica is defined by each StatefulSet', () => {
  const volume = PodVolume.claimPerReplica('data', { size });
  const objects = synth(chart =>
    ['a', 'b'].forEach(id => controlled(chart, Controller.statefulSet(), {}, id).mount('/data', volume)),
  );
  const templates = objects
    .filter(object => object.kind === 'StatefulSet')
    .map(({ spec }) => spec.volumeClaimTemplates);
  expect(templates.map(([{ metadata }]) => metadata.name)).toEqual(['data', 'data']);
});

test('refuses a claim in another namespace', () => {
  const mountTwice = (chart: Chart) => {
    const volume = shared();
    mountedBy(chart, 'web', volume);
    mountedBy(chart, 'worker', volume, { metadata: { namespace: 'other' } });
  };
  expectError(
    mountTwice,
    "[test/worker] Volume 'files' has the claim 'test-web-files' of 'test/web', which is in another namespace. " +
      'Create a volume for each namespace.',
  );
});

describe('a claim for one node', () => {
  const both =
    (volumes: readonly [PodVolume, PodVolume], waivers: Waiver[] = []) =>
    (chart: Chart) => {
      mountedBy(chart, 'web', volumes[0]);
      mountedBy(chart, 'worker', volumes[1], { waivers });
    };
  const created = PodVolume.newClaim('data', { size });
  const existing = PodVolume.fromClaimName('uploads');

  test.each<[string, readonly [PodVolume, PodVolume], string]>([
    [
      'a new claim',
      [created, created],
      "Volume 'data' is also mounted by 'test/web', but only one node can mount its claim. Use " +
        "'PodVolume.sharedClaim' with a storage class that supports it, or a claim for each workload.",
    ],
    [
      'an existing claim',
      [existing, PodVolume.fromClaimName('uploads', { name: 'files' })],
      "Volume 'files' is also mounted by 'test/web', but only one node can mount its claim. Set 'accessMode' to the " +
        'mode of the claim, or use a claim for each workload.',
    ],
    [
      'a new claim by its name',
      [created, PodVolume.fromClaimName('test-web-data')],
      "Volume 'test-web-data' is also mounted by 'test/web', but only one node can mount its claim. Set 'accessMode' " +
        'to the mode of the claim, or use a claim for each workload.',
    ],
  ])('is refused in two workloads: %s', (_, volumes, message) => {
    expectError(both(volumes), `[test/worker] ${message}`);
    expect(() => synth(both(volumes, [Waiver.of('claim-has-one-writer', 'both run on one node')]))).not.toThrow();
  });

  test('is accepted in two workloads if the existing claim has another mode', () => {
    const accessMode = PersistentVolumeAccessMode.READ_WRITE_MANY;
    const volume = PodVolume.fromClaimName('uploads', { accessMode });
    expect(() => synth(both([volume, PodVolume.fromClaimName('uploads', { accessMode, name: 'a' })]))).not.toThrow();
  });
});

test.each<[string, PodVolume, PodVolume, string]>([
  [
    'metadata.name',
    PodVolume.newClaim('a', { size, metadata: { name: 'data' } }),
    PodVolume.sharedClaim('b', { size, metadata: { name: 'data' } }),
    'data',
  ],
  [
    'workload and volume',
    PodVolume.newClaim('b-c', { size }),
    PodVolume.newClaim('c', { size, metadata: { name: 'test-a-b-c' } }),
    'test-a-b-c',
  ],
])('refuses two volumes that create one claim by %s', (_, first, second, name) =>
  expectError(
    chart => mountedBy(chart, 'a', first).mount('/more', second),
    `[test/a] Volume '${second.name}' creates the claim '${name}', but so does volume ` +
      `'${first.name}' of 'test/a'. Set ` +
      "another 'metadata.name' for one of them, or mount one 'PodVolume' in both.",
  ),
);
