import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { mounting, rendering } from './fixtures';
import { PodVolume, VolumeDataSource } from '../../../src';
import { expectError } from '../../controllers/fixtures';

const size = Size.gibibytes(1);

test('all options are rendered', () => {
  const { claim, volume } = rendering(
    PodVolume.newClaim('data', {
      size,
      storageClassName: 'fast',
      accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
      selector: { disk: 'ssd' },
      dataSource: VolumeDataSource.fromSnapshotName('before'),
      metadata: { name: 'files', labels: { team: 'a' }, annotations: { 'helm.sh/resource-policy': 'delete' } },
    }),
  );
  expect(claim).toMatchObject({
    metadata: {
      name: 'files',
      labels: { 'team': 'a', 'app.kubernetes.io/name': 'app' },
      annotations: { 'helm.sh/resource-policy': 'delete', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    },
    spec: {
      accessModes: ['ReadWriteOncePod'],
      storageClassName: 'fast',
      selector: { matchLabels: { disk: 'ssd' } },
      dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'before' },
    },
  });
  expect(volume.persistentVolumeClaim.claimName).toBe('files');
});

test('a claim can be copied', () => {
  const dataSource = VolumeDataSource.fromClaimName('data-orders-0');
  expect(rendering(PodVolume.newClaim('data', { size, dataSource })).claim.spec.dataSource).toEqual({
    kind: 'PersistentVolumeClaim',
    name: 'data-orders-0',
  });
});

test('an empty storage class selects existing volumes', () => {
  const volume = PodVolume.newClaim('data', { size, storageClassName: '', selector: { disk: 'ssd' } });
  expect(rendering(volume).claim.spec).toMatchObject({ storageClassName: '' });
});

test.each<[string, () => unknown, string]>([
  [
    'an invalid snapshot',
    () => mounting(PodVolume.newClaim('data', { size, dataSource: VolumeDataSource.fromSnapshotName('a b') })),
    "[test/app] Invalid name 'a b' for the VolumeSnapshot of 'dataSource'. Use at most 253 " +
      'lowercase letters, digits, ' +
      "'-' and '.', starting and ending with a letter or digit.",
  ],
  [
    'a snapshot without a name',
    () => VolumeDataSource.fromSnapshotName(undefined as any),
    "[VolumeDataSource.fromSnapshotName] Required argument 'snapshotName' is missing. Pass it, for example " +
      '\'"orders-2026-01-01"\'.',
  ],
  [
    'a claim without a name',
    () => VolumeDataSource.fromClaimName(undefined as any),
    "[VolumeDataSource.fromClaimName] Required argument 'claimName' is missing. Pass it, for example " +
      '\'"data-orders-0"\'.',
  ],
  [
    'an unknown option',
    () => PodVolume.newClaim('data', { size, storageClass: 'fast' } as any),
    "[PodVolume.newClaim] Unknown prop 'storageClass'. Did you mean 'storageClassName'?",
  ],
])('refuses %s', (_, create, message) => expectError(create, message));
