import { Duration, Size } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { controlled, expectRefusal, rendered } from './fixtures';
import { Controller, PodVolume, StatefulSetOptions } from '../../src';
import { kind, synth } from '../synth';

test('renders all options', () => {
  const { spec } = rendered(
    Controller.statefulSet({
      podManagementPolicy: PodManagementPolicy.ORDERED_READY,
      partition: 1,
      startOrdinal: 3,
      minReady: Duration.seconds(10),
      revisionHistoryLimit: 0,
    }),
    { replicas: 3 },
  );
  expect(spec).toMatchObject({
    replicas: 3,
    serviceName: 'test-app-headless',
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
    ordinals: { start: 3 },
    minReadySeconds: 10,
    revisionHistoryLimit: 0,
  });
});

test('starts all replicas at once and keeps all claims by default', () => {
  const { spec } = rendered(Controller.statefulSet());
  expect(spec).toMatchObject({
    replicas: 2,
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  });
  expect(spec).not.toHaveProperty('volumeClaimTemplates');
});

test('replaces only the pods that are deleted, if set', () => {
  expect(rendered(Controller.statefulSet({ updateOnDelete: true })).spec.updateStrategy).toEqual({ type: 'OnDelete' });
});

test('renders a claim for each replica, without labels that change', () => {
  const { spec } = rendered(Controller.statefulSet(), {}, app =>
    app.mount('/data', PodVolume.claimPerReplica('data', { size: Size.gibibytes(1) })),
  );
  expect(spec.volumeClaimTemplates).toEqual([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: expect.objectContaining({
        name: 'data',
        labels: { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'test-app' },
      }),
      spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } } },
    },
  ]);
  expect(spec.template.spec.volumes.map(({ name }: any) => name)).toEqual(['scratch-tmp']);
});

test('has one replica if only one node can mount a claim', () => {
  const objects = synth(chart =>
    controlled(chart, Controller.statefulSet()).mount('/data', PodVolume.fromClaimName('uploads')),
  );
  expect(kind(objects, 'StatefulSet').spec.replicas).toBe(1);
  expect(kind(objects, 'PodDisruptionBudget')).toBeUndefined();
});

test.each<[StatefulSetOptions, string]>([
  [
    { podManagementPolicy: 'parallel' as any },
    "'podManagementPolicy' is 'parallel', which is not a member of 'PodManagementPolicy'. Use " +
      "'PodManagementPolicy.ORDERED_READY' or 'PodManagementPolicy.PARALLEL'.",
  ],
  [
    { updateOnDelete: true, partition: 1 },
    "'updateOnDelete' and 'partition' are both set, but without an automatic update there is no partition. Omit one " +
      'of them.',
  ],
  [{ partition: -1 }, "Invalid value -1 for 'partition'. Use a whole number from 0 to 2147483647."],
  [{ startOrdinal: 1.5 }, "Invalid value 1.5 for 'startOrdinal'. Use a whole number from 0 to 2147483647."],
  [
    { minReady: 5 as any },
    "'minReady' is 5, which is not a Duration. Use a Duration, for example 'Duration.seconds(30)'.",
  ],
  [
    { updateOnDelete: 'no' as any },
    "'updateOnDelete' is 'no', which is not a boolean. Use 'true' or 'false' without quotes.",
  ],
])('refuses %j', (options, message) => expectRefusal(Controller.statefulSet(options), message));
