import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { mounting, rendering } from './fixtures';
import { Controller, NewClaimOptions, PodVolume } from '../../../src';
import { expectError } from '../../controllers/fixtures';
import { kind } from '../../synth';

const size = Size.gibibytes(1);
const KEEP = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'helm.sh/resource-policy': 'keep',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

test('a new claim outlives the app', () => {
  const { claim, volume } = rendering(PodVolume.newClaim('data', { size }));
  expect(claim).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'test-app-data',
      labels: {
        'app.kubernetes.io/name': 'app',
        'app.kubernetes.io/instance': 'test-app',
        'app.kubernetes.io/version': '1.0.0',
        'app.kubernetes.io/managed-by': 'cdk8s',
      },
      annotations: KEEP,
    },
    spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } } },
  });
  expect(volume.persistentVolumeClaim).toEqual({ claimName: 'test-app-data' });
});

test('a shared claim can be mounted on many nodes', () => {
  const { claim } = rendering(PodVolume.sharedClaim('data', { size }));
  expect(claim.spec.accessModes).toEqual(['ReadWriteMany']);
  expect(claim.metadata.annotations).toEqual(KEEP);
});

test('the claim of each replica has the keep annotations from the first apply on', () => {
  const objects = mounting(PodVolume.claimPerReplica('data', { size }), {}, { controller: Controller.statefulSet() });
  const [template] = kind(objects, 'StatefulSet').spec.volumeClaimTemplates;
  expect(template.metadata.annotations).toEqual(KEEP);
});

test('the claim of a pod is deleted with it, and has the labels of the workload', () => {
  const { volume } = rendering(PodVolume.ephemeralClaim('scratch', { size, storageClassName: 'fast' }));
  expect(volume.ephemeral.volumeClaimTemplate).toEqual({
    metadata: { labels: expect.objectContaining({ 'app.kubernetes.io/instance': 'test-app' }) },
    spec: expect.objectContaining({ storageClassName: 'fast' }),
  });
});

test('takes labels and annotations in an object without a prototype', () => {
  const record: Record<string, string> = Object.assign(Object.create(null), { team: 'shop' });
  const metadata = { labels: record, annotations: record };
  const { volume } = rendering(PodVolume.ephemeralClaim('scratch', { size, metadata }));
  expect(volume.ephemeral.volumeClaimTemplate.metadata).toMatchObject({
    labels: { team: 'shop' },
    annotations: { team: 'shop' },
  });
});

test.each<['fromClaimName' | 'newClaim' | 'sharedClaim', PersistentVolumeAccessMode, string]>([
  [
    'newClaim',
    PersistentVolumeAccessMode.READ_WRITE_MANY,
    "'ReadWriteMany', which allows several pods to write to the same files and destroy them. Use 'ReadWriteOnce' or " +
      "'ReadWriteOncePod', or create it with 'PodVolume.sharedClaim'.",
  ],
  [
    'newClaim',
    PersistentVolumeAccessMode.READ_ONLY_MANY,
    "'ReadOnlyMany', which leaves a new claim empty. Use 'ReadWriteOnce' or 'ReadWriteOncePod', or create it with " +
      "'PodVolume.sharedClaim'.",
  ],
  [
    'sharedClaim',
    PersistentVolumeAccessMode.READ_WRITE_ONCE,
    "'ReadWriteOnce', which only the pods of one node can use. Use 'ReadWriteMany' or 'ReadOnlyMany'.",
  ],
  [
    'newClaim',
    'RWO' as PersistentVolumeAccessMode,
    "'RWO', which is not a member of 'PersistentVolumeAccessMode'. Use " +
      "'PersistentVolumeAccessMode.READ_WRITE_ONCE', 'PersistentVolumeAccessMode.READ_ONLY_MANY', " +
      "'PersistentVolumeAccessMode.READ_WRITE_MANY' or 'PersistentVolumeAccessMode.READ_WRITE_ONCE_POD'.",
  ],
])('refuses %s with %s', (factory, accessMode, problem) =>
  expectError(
    () => mounting(PodVolume[factory]('data', { size, accessMode } as any)),
    `[test/app] 'accessMode' of the claim of volume 'data' is ${problem}`,
  ),
);

test.each<[NewClaimOptions, string]>([
  [
    { size: Size.kibibytes(0) },
    "Invalid size 0Ki for the size of the claim of volume 'data'. Use a size from 1Ki to 4Ei.",
  ],
  [
    { size, storageClassName: 'Fast' },
    "Invalid name 'Fast' for 'storageClassName'. Use at most 253 lowercase letters, digits, '-' and " +
      "'.', starting and " +
      'ending with a letter or digit.',
  ],
  [
    { size, metadata: { name: 'No Name' } },
    "Invalid name 'No Name' for the PersistentVolumeClaim. Use at most 253 lowercase letters, digits, '-' and '.', " +
      'starting and ending with a letter or digit.',
  ],
  [
    { size, metadata: { namespace: 'other' } },
    "'metadata.namespace' of the claim of volume 'data' is set, but a claim has the namespace of its pods and no " +
      "owner. Omit it, or use one of 'annotations', 'labels' and 'name'.",
  ],
  [
    { size, metadata: { finalizers: ['a'] } },
    "'metadata.finalizers' of the claim of volume 'data' is set, but a claim has the namespace of its pods and no " +
      "owner. Omit it, or use one of 'annotations', 'labels' and 'name'.",
  ],
  [
    { size, selector: { disk: 'a b' } },
    "Invalid value 'a b' for key 'disk' of 'selector'. Use at most 63 letters, digits, '-', '_' and " +
      "'.', starting and " +
      'ending with a letter or digit.',
  ],
])('refuses %j', (options, message) =>
  expectError(() => mounting(PodVolume.newClaim('data', options)), `[test/app] ${message}`),
);

test.each(['claimPerReplica', 'ephemeralClaim'] as const)('refuses a name for %s', factory =>
  expectError(
    () =>
      mounting(
        PodVolume[factory]('data', { size, metadata: { name: 'data' } }),
        {},
        { controller: Controller.statefulSet() },
      ),
    "[test/app] 'metadata.name' of the claim of volume 'data' is 'data', but Kubernetes generates the names of these " +
      'claims. Omit it.',
  ),
);
