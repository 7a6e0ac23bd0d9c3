import { Lazy, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { chartOf, container, deployment, emptyDir, extension, logs, podOf } from './fixtures';
import {
  PodAdditions,
  PodExtensions,
  PodExtensionsOptions,
  PodVolume,
  SecretSource,
  Waiver,
  WorkloadDefaults,
} from '../../src';

function add(additions: PodAdditions, pod: object = {}, options: PodExtensionsOptions = {}): any {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, pod), options).add(extension('cache', additions));
  return podOf(chart);
}

const sidecars = [{ name: 'cache', image: 'acme/cache:1.0.0' }];
const initContainers = [{ name: 'setup', image: 'acme/setup:1.0.0' }];

test('added containers satisfy the Pod Security Standard "restricted", and the existing pod stays as it is', () => {
  const { securityContext, containers, ...pod } = add({ sidecars, initContainers });
  expect(securityContext).toBeUndefined();
  expect(containers).toEqual([container()]);
  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['cache', 'setup']);
  for (const added of pod.initContainers) {
    expect(added.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(added.resources.limits.memory).toBe('64Mi');
  }
});

test.each([
  ['the user of the pod', { runAsUser: 1000, runAsGroup: 2000 }, [1000, 2000]],
  ['the default in place of root', { runAsUser: 0, runAsGroup: 0 }, [10001, 10001]],
])('added containers run as %s', (_, securityContext, expected) => {
  const [added] = add({ sidecars }, { securityContext }).initContainers;
  expect([added.securityContext.runAsUser, added.securityContext.runAsGroup]).toEqual(expected);
});

test('a waiver applies to the added containers', () => {
  const waivers = [Waiver.readOnlyRootFilesystem('the cache writes to its image')];
  const [added] = add({ sidecars }, {}, { waivers }).initContainers;
  expect(added.securityContext.readOnlyRootFilesystem).toBeUndefined();
});

test('added containers do not limit the ephemeral storage of pods without such a limit', () => {
  const { initContainers: added } = add({ sidecars, initContainers });
  expect(added.map(({ resources }: any) => resources.limits['ephemeral-storage'])).toEqual([undefined, undefined]);
  expect(added[0].resources.requests['ephemeral-storage']).toBe('64Mi');
});

const limits = { 'ephemeral-storage': '100Mi' };
const limited = { containers: [container({ resources: { limits } })] };

test('the limit of a sidecar covers the added volumes in pods that limit their ephemeral storage', () => {
  const mounts = [{ path: '/cache', volume: emptyDir('cache', 500) }];
  const { initContainers: added, containers } = add({ sidecars, initContainers, mounts }, limited);
  expect(added.map(({ resources }: any) => resources.limits['ephemeral-storage'])).toEqual(['564Mi', '64Mi']);
  expect(containers[0].resources).toEqual({ limits });
});

test('keeps the limit of a sidecar that sets one', () => {
  const small = { ephemeralStorage: { limit: Size.mebibytes(32) } };
  const [added] = add({ sidecars: [{ ...sidecars[0], resources: small }] }, limited).initContainers;
  expect(added.resources.limits['ephemeral-storage']).toBe('32Mi');
});

test('refuses volumes that exceed the ephemeral storage of the pod', () => {
  expect(() => add({ mounts: [{ path: '/cache', volume: emptyDir('cache', 500) }] }, limited)).toThrow(
    '[shop/web] The volumes can grow to 500Mi (cache), but the ephemeral storage of the pod is limited to 100Mi. ' +
      "Raise 'resources.limits.ephemeral-storage' above the sum of the size limits of the volumes. Or set " +
      "'waivers: [Waiver.of('ephemeral-storage-covers-volumes', reason)]' in the options of 'PodExtensions.of'.",
  );
});

test('resolves lazy values', () => {
  const source = { configMap: { name: 'late', optional: Lazy.any({ produce: () => true }), items: undefined } };
  const { volumes } = add({
    mounts: [{ path: '/late', volume: PodVolume.fromSource('late', source), readOnly: true }],
  });
  expect(volumes).toEqual([{ name: 'late', configMap: { name: 'late', optional: true } }]);
});

test('the registry and the pull secrets of the workload defaults apply to added images only', () => {
  const chart = chartOf();
  const imagePullSecrets = ['mirror', 'web'].map(name => SecretSource.fromName(name));
  WorkloadDefaults.of(chart).set({ imageRegistry: 'registry.example.com/mirror', imagePullSecrets });
  const web = deployment(chart, { imagePullSecrets: [{ name: 'web' }] });
  PodExtensions.of(web).add(
    extension('cache', { sidecars, initContainers: [{ name: 'migrate', command: ['migrate'], likeApp: true }] }),
  );
  const pod = podOf(chart);
  expect([...pod.initContainers, ...pod.containers].map(({ image }: any) => image)).toEqual([
    'registry.example.com/mirror/acme/cache:1.0.0',
    'acme/web:1.0.0',
    'acme/web:1.0.0',
  ]);
  expect(pod.imagePullSecrets).toEqual([{ name: 'web' }, { name: 'mirror' }]);
});

test('a container like the app has its image, resources, variables and mounts, and those that are added to it', () => {
  const app = container({
    resources: { limits: { memory: '1Gi' } },
    env: [
      { name: 'LEVEL', value: 'info' },
      { name: 'MODE', value: 'serve' },
    ],
    envFrom: [{ secretRef: { name: 'web' } }],
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  });
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  const { initContainers: added } = add(
    {
      env: { ADDED: EnvValue.fromValue('yes') },
      mounts: [{ path: '/cache', volume: emptyDir('cache') }],
      initContainers: [
        { name: 'migrate', likeApp: true, command: ['migrate'], env: { MODE: EnvValue.fromValue('migrate') } },
      ],
    },
    { containers: [app], volumes },
  );
  expect(added[0]).toMatchObject({
    image: 'acme/web:1.0.0',
    command: ['migrate'],
    resources: { limits: { memory: '1Gi' } },
    env: [
      { name: 'ADDED', value: 'yes' },
      { name: 'LEVEL', value: 'info' },
      { name: 'MODE', value: 'migrate' },
    ],
    envFrom: [{ secretRef: { name: 'web' } }],
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'cache', mountPath: '/cache' },
    ],
  });
});

test('the collector of a pod that limits its ephemeral storage can fill its volumes', () => {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, limited)).add(logs());
  const { volumes, initContainers: added } = podOf(chart);
  const sizes = volumes.flatMap(({ emptyDir: volume }: any) => (volume ? parseInt(volume.sizeLimit) : []));
  const sum = sizes.reduce((total: number, size: number) => total + size, 64);
  expect(added[0].resources.limits['ephemeral-storage']).toBe(`${sum}Mi`);
});
