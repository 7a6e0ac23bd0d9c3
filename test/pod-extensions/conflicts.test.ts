import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { chartOf, container, deployment, emptyDir, extension, podOf } from './fixtures';
import { HealthCheck, KubernetesVersion, PodAdditions, PodExtensions, PodVolume } from '../../src';

const pod = {
  containers: [
    container({
      ports: [{ name: 'http', containerPort: 8080 }],
      env: [
        { name: 'LEVEL', value: 'info' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
      ],
      volumeMounts: [
        { name: 'data', mountPath: '/srv/data/' },
        { name: 'settings', mountPath: '/etc/web', readOnly: true },
        { name: 'data', mountPath: '/srv/file', subPath: 'file' },
      ],
    }),
  ],
  initContainers: [container({ name: 'first', ports: [{ name: 'setup', containerPort: 9000 }] })],
  volumes: [
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'settings', configMap: { name: 'settings' } },
  ],
};

function add(additions: PodAdditions): any {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, pod, { labels: { app: 'web' }, annotations: { note: 'owner' } })).add(
    extension('cache', additions),
  );
  return podOf(chart);
}

const sidecar = (fields: object) => ({ sidecars: [{ name: 'cache', image: 'acme/cache:1.0.0', ...fields }] });
const mount = (path: string, fields: object = {}) => ({ mounts: [{ path, volume: emptyDir('cache'), ...fields }] });

test.each<[string, PodAdditions, string]>([
  ['variable', { env: { LEVEL: EnvValue.fromValue('debug') } }, "Duplicate variable 'LEVEL'"],
  ['variable from a Secret', { env: { TOKEN: EnvValue.fromValue('') } }, "Duplicate variable 'TOKEN'"],
  ['mount path', mount('/srv/data'), "Duplicate mount path '/srv/data'"],
  ['volume', { mounts: [{ path: '/cache', volume: emptyDir('data') }] }, "Duplicate volume 'data'"],
  [
    'volume of a sidecar',
    sidecar({ mounts: [{ path: '/c', volume: emptyDir('settings') }] }),
    "Duplicate volume 'sett",
  ],
  [
    'volume of another object',
    { mounts: [{ path: '/c', volume: PodVolume.fromSource('settings', { configMap: { name: 'other' } }) }] },
    "Duplicate volume 'settings'",
  ],
  ['container', sidecar({ name: 'web' }), "Duplicate container 'web'"],
  ['init container', { initContainers: [{ name: 'first', image: 'acme/a:1' }] }, "Duplicate container 'first'"],
  ['port', sidecar({ ports: { cache: 8080 }, healthCheck: HealthCheck.tcp() }), "Duplicate port '8080'"],
  ['port name', sidecar({ ports: { http: 8081 }, healthCheck: HealthCheck.tcp() }), "Duplicate port name 'http'"],
  ['pod annotation', { podAnnotations: { note: 'added' } }, "Duplicate pod annotation 'note'"],
])('refuses a %s of the workload', (_, additions, error) => {
  expect(() => add(additions)).toThrow(`[shop/web] ${error}`);
  expect(() => add(additions)).toThrow("from Deployment 'web' and extension 'cache'.");
});

test.each([
  ['below a read-only mount', mount('/etc/web/conf.d'), "Volume 'cache' is mounted at '/etc/web/conf.d', below the"],
  [
    'below a file',
    mount('/srv/file/a'),
    "Volume 'cache' is mounted at '/srv/file/a', below the read-only volume 'data'",
  ],
  [
    'read-only above a mount',
    { mounts: [{ path: '/srv', volume: PodVolume.emptyDir('s', { sizeLimit: Size.mebibytes(1) }), readOnly: true }] },
    "Volume 'data' is mounted at '/srv/data', below the read-only volume 's' at '/srv'",
  ],
])('refuses a mount %s', (_, additions, error) => {
  expect(() => add(additions)).toThrow(`[shop/web] ${error}`);
});

test('accepts a mount below a writable mount, the port of an init container, and an equal variable', () => {
  const { containers } = add({
    ...mount('/srv/data/cache'),
    ...sidecar({ ports: { cache: 9000 } }),
    env: { LEVEL: EnvValue.fromValue('info') },
  });
  expect(containers[0].env.filter(({ name }: any) => name === 'LEVEL')).toHaveLength(1);
});

test('shares a volume that refers to the same object', () => {
  const volume = PodVolume.fromClaimName('data');
  const { volumes, containers } = add({ mounts: [{ path: '/backup', volume }] });
  expect(volumes).toEqual(pod.volumes);
  expect(containers[0].volumeMounts.at(-1)).toEqual({ name: 'data', mountPath: '/backup' });
});

test('refuses a claim for each replica', () => {
  const { size } = { size: emptyDir('x')._facts.emptyDir!.sizeLimit };
  expect(() => add({ mounts: [{ path: '/c', volume: PodVolume.claimPerReplica('c', { size }) }] })).toThrow(
    "[shop/web] Volume 'c' has a claim for each replica, which extensions of Deployment 'web' cannot add. Use " +
      "'PodVolume.newClaim' or 'PodVolume.sharedClaim'.",
  );
});

test.each(['Never', 'OnFailure'])('refuses a plain sidecar in pods that restart %s', restartPolicy => {
  const completing = (minimum: KubernetesVersion) =>
    PodExtensions.of(deployment(chartOf(minimum), { restartPolicy })).add(extension('cache', sidecar({})));
  expect(() => completing(KubernetesVersion.V1_29)).not.toThrow();
  expect(() => completing(KubernetesVersion.V1_28)).toThrow(
    "[shop/web] Deployment 'web' would never complete, because sidecar 'cache' keeps running on clusters before " +
      "1.29. Set the minimum version to 1.29 with 'KubernetesVersion.setMinimum', or do not use an extension with a " +
      'sidecar.',
  );
});
