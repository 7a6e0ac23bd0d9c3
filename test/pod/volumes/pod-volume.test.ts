import { Size } from 'cdk8s';
import { EmptyDirMedium, HostPathVolumeType, ImagePullPolicy } from 'cdk8s-plus-28';
import { mounting, rendering } from './fixtures';
import { KubernetesVersion, PodVolume, ProjectedSource, SecretSource, Waiver } from '../../../src';
import { expectError } from '../../controllers/fixtures';
import { kind } from '../../synth';

const reason = 'ships the logs of the node';

test.each<[string, PodVolume, object]>([
  [
    'emptyDir',
    PodVolume.emptyDir('shm', { sizeLimit: Size.mebibytes(64), medium: EmptyDirMedium.MEMORY }),
    { emptyDir: { sizeLimit: '64Mi', medium: 'Memory' } },
  ],
  ['fromClaimName', PodVolume.fromClaimName('up.loads'), { persistentVolumeClaim: { claimName: 'up.loads' } }],
  [
    'nfs',
    PodVolume.nfs('media', { server: 'nfs.example.com', path: '/exports' }),
    { nfs: { server: 'nfs.example.com', path: '/exports' } },
  ],
  [
    'csi',
    PodVolume.csi('secrets', {
      driver: 'secrets-store.csi.k8s.io',
      attributes: { secretProviderClass: 'vault' },
      fsType: 'ext4',
      nodePublishSecret: SecretSource.fromName('vault'),
    }),
    {
      csi: {
        driver: 'secrets-store.csi.k8s.io',
        fsType: 'ext4',
        volumeAttributes: { secretProviderClass: 'vault' },
        nodePublishSecretRef: { name: 'vault' },
      },
    },
  ],
  [
    'hostPath',
    PodVolume.hostPath('/var/log', { reason, type: HostPathVolumeType.DIRECTORY }),
    { hostPath: { path: '/var/log', type: 'Directory' } },
  ],
  ['fromSource', PodVolume.fromSource('any', { flexVolume: { driver: 'a/b' } }), { flexVolume: { driver: 'a/b' } }],
])('renders %s', (_, volume, source) => {
  expect(rendering(volume)).toEqual({
    volume: { name: volume.name, ...source },
    mount: { name: volume.name, mountPath: '/data' },
  });
});

test.each<[string, PodVolume, object]>([
  [
    'image',
    PodVolume.image('model', 'acme/model:1.0.0', { pullPolicy: ImagePullPolicy.IF_NOT_PRESENT }),
    { image: { reference: 'acme/model:1.0.0', pullPolicy: 'IfNotPresent' } },
  ],
  [
    'nfs',
    PodVolume.nfs('media', { server: 'nfs.example.com', path: '/exports', readOnly: true }),
    { nfs: { server: 'nfs.example.com', path: '/exports', readOnly: true } },
  ],
  ['csi', PodVolume.csi('keys', { driver: 'keys.io', readOnly: true }), { csi: { driver: 'keys.io', readOnly: true } }],
  [
    'downwardApi',
    PodVolume.downwardApi('info', { 'labels': 'metadata.labels', 'limits/memory': 'limits.memory' }),
    {
      downwardAPI: {
        items: [
          { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          { path: 'limits/memory', resourceFieldRef: { containerName: 'app', resource: 'limits.memory' } },
        ],
      },
    },
  ],
  [
    'projected',
    PodVolume.projected('all', [ProjectedSource.configMap('defaults')]),
    { projected: { sources: [{ configMap: { name: 'defaults' } }] } },
  ],
])('mounts %s read-only without asking', (_, volume, source) => {
  expect(rendering(volume, undefined, KubernetesVersion.V1_36)).toEqual({
    volume: { name: volume.name, ...source },
    mount: { name: volume.name, mountPath: '/data', readOnly: true },
  });
});

test('renders the options of a mount', () => {
  const { mount } = rendering(PodVolume.fromClaimName('uploads'), { readOnly: true, subPath: 'images/large' });
  expect(mount).toEqual({ name: 'uploads', mountPath: '/data', readOnly: true, subPath: 'images/large' });
});

test('derives the names of volumes', () => {
  expect(PodVolume.fromClaimName('data.orders').name).toBe('data-orders');
  expect(PodVolume.hostPath('/var/Log_files/', { reason }).name).toBe('host-var-log-files');
  expect(PodVolume.hostPath(`/${'a'.repeat(80)}`, { reason }).name).toHaveLength(63);
  expect(PodVolume.hostPath('/', { reason, name: 'root' }).name).toBe('root');
});

describe('the reason of a host path', () => {
  const annotation = (...waivers: Waiver[]) =>
    kind(mounting(PodVolume.hostPath('/var/log', { reason }), {}, { waivers }), 'Deployment').metadata.annotations;

  test('is the waiver', () => {
    expect(annotation()).toEqual({ 'waiver.cdk8s-storage-patterns/no-host-path': reason });
  });

  test('does not replace a waiver of the workload', () => {
    expect(annotation(Waiver.of('no-host-path', 'the auditors know it'))).toEqual({
      'waiver.cdk8s-storage-patterns/no-host-path': 'the auditors know it',
    });
  });

  test('must have three words', () =>
    expectError(
      () => mounting(PodVolume.hostPath('/var/log', { reason: 'ships logs' })),
      "[test/app] The reason 'ships logs' for volume 'host-var-log' is too short. Explain why in at least three words.",
    ));
});

test.each<[string, () => unknown, string]>([
  [
    'emptyDir without a size',
    () => PodVolume.emptyDir('cache', {} as any),
    "[PodVolume.emptyDir] Required prop 'sizeLimit' is missing. Set it, for example 'sizeLimit: Size.mebibytes(64)'.",
  ],
  [
    'emptyDir with a string',
    () => PodVolume.emptyDir('cache', { sizeLimit: '64Mi' as any }),
    "[PodVolume.emptyDir] 'sizeLimit' is '64Mi', which is not a Size. Use a Size, for example 'Size.mebibytes(64)'.",
  ],
  [
    'emptyDir with an unknown medium',
    () => PodVolume.emptyDir('cache', { sizeLimit: Size.mebibytes(64), medium: 'memory' as any }),
    "[PodVolume.emptyDir] 'medium' is 'memory', which is not a member of 'EmptyDirMedium'. Use " +
      "'EmptyDirMedium.DEFAULT' or 'EmptyDirMedium.MEMORY'.",
  ],
  [
    'newClaim with a string',
    () => PodVolume.newClaim('data', { size: '1Gi' as any }),
    "[PodVolume.newClaim] 'size' is '1Gi', which is not a Size. Use a Size, for example 'Size.gibibytes(10)'.",
  ],
  [
    'sharedClaim without a size',
    () => PodVolume.sharedClaim('data', {} as any),
    "[PodVolume.sharedClaim] Required prop 'size' is missing. Set it, for example 'size: Size.gibibytes(10)'.",
  ],
  [
    'image with an unknown policy',
    () => PodVolume.image('model', 'acme/model:1.0.0', { pullPolicy: 'always' as any }),
    "[PodVolume.image] 'pullPolicy' is 'always', which is not a member of 'ImagePullPolicy'. Use " +
      "'ImagePullPolicy.ALWAYS', 'ImagePullPolicy.IF_NOT_PRESENT' or 'ImagePullPolicy.NEVER'.",
  ],
  [
    'hostPath without a reason',
    () => PodVolume.hostPath('/var/log', {} as any),
    "[PodVolume.hostPath] Required prop 'reason' is missing. Set it, for example 'reason: \"ships the logs of the " +
      'node"\'.',
  ],
  [
    'fromClaimName without a name',
    () => PodVolume.fromClaimName(undefined as any),
    "[PodVolume.fromClaimName] Required argument 'claimName' is missing. Pass it, for example '\"uploads\"'.",
  ],
])('refuses %s', (_, create, message) => expectError(create, message));

test.each(['nfs', 'csi', 'downwardApi', 'projected', 'ephemeralClaim', 'claimPerReplica', 'fromSource', 'image'])(
  'refuses %s without a name',
  factory => {
    expect(() => (PodVolume as any)[factory](undefined, {})).toThrow(
      `[PodVolume.${factory}] Required argument 'name' is missing.`,
    );
  },
);
