import { spawnSync } from 'child_process';
import { App, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import {
  AppWorkload,
  AppWorkloadProps,
  HealthCheck,
  KubernetesVersion,
  PodVolume,
  ProjectedSource,
  SecretSource,
} from 'cdk8s-storage-patterns';
import { eventually, TestNamespace } from './cluster';
import { BUSYBOX, SMALL } from './log-writers';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

const PROPS: AppWorkloadProps = {
  image: BUSYBOX,
  replicas: 1,
  command: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.2; done'],
  resources: SMALL,
  healthCheck: HealthCheck.command(['true']),
};

const sh = (script: string) =>
  namespace.kubectl('exec', 'deployment/test-app', '-c', 'app', '--', 'sh', '-c', script).trim();
/** The octal modes of the files that the paths link to. */
const modes = (...paths: string[]) => sh(`stat -L -c %a ${paths.join(' ')}`).split('\n');
const pod = () => namespace.get('pods', '-l', 'app.kubernetes.io/name=app').items[0];

test('a non-root app reads tokens, ConfigMaps, Secrets and fields of the pod, which it cannot change', () => {
  namespace = TestNamespace.create('projected');
  namespace.applyObjects([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { 'a.conf': 'a', 'b.conf': 'b' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'credentials' }, stringData: { key: 'k', unused: 'u' } },
  ]);
  namespace.apply(chart => {
    const app = new AppWorkload(chart, 'app', { ...PROPS, metadata: { labels: { team: 'shop' } } });
    app
      .mount(
        '/identity',
        PodVolume.projected('identity', [
          ProjectedSource.serviceAccountToken('vault'),
          ProjectedSource.configMap('settings'),
          ProjectedSource.secret(SecretSource.fromName('credentials'), { key: 'tls/key.pem' }),
          ProjectedSource.downwardApi({ namespace: 'metadata.namespace' }),
        ]),
      )
      .mount('/pod', PodVolume.downwardApi('pod', { labels: 'metadata.labels', memory: 'limits.memory' }));
  });
  namespace.rolledOut('deployment/test-app');

  expect(sh('id -u; id -g')).toBe('10001\n10001');
  const [, payload] = sh('cat /identity/token').split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  expect(claims).toMatchObject({
    aud: ['vault'],
    sub: `system:serviceaccount:${namespace.name}:test-app`,
  });
  expect(claims.exp - claims.iat).toBe(3600);
  expect(sh('cat /identity/a.conf /identity/b.conf /identity/tls/key.pem /identity/namespace')).toBe(
    `abk${namespace.name}`,
  );
  expect(sh('ls -A /identity/tls')).toBe('key.pem');
  expect(sh('cat /pod/memory')).toBe(String(256 * 2 ** 20));
  expect(sh('cat /pod/labels').split('\n')).toContain('team="shop"');
  // the token and the Secret are readable for the user of the app only
  expect(modes('/identity/token', '/identity/tls/key.pem', '/pod/labels')).toEqual(['640', '440', '644']);
  for (const path of ['/identity/token', '/identity/a.conf', '/pod/labels']) {
    expect(() => sh(`echo x > ${path}`)).toThrow('Read-only file system');
  }
  expect(() => sh('cat /var/run/secrets/kubernetes.io/serviceaccount/token')).toThrow('No such file or directory');
});

test('shared memory has its size, and an ephemeral claim is deleted with its pod', async () => {
  namespace = TestNamespace.create('scratch');
  namespace.apply(chart => {
    new AppWorkload(chart, 'app', {
      ...PROPS,
      writableDirectories: [{ path: '/dev/shm', medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(96) }],
    }).mount('/scratch', PodVolume.ephemeralClaim('scratch', { size: Size.mebibytes(100) }));
  });
  namespace.rolledOut('deployment/test-app');

  expect(sh("df -k /dev/shm | awk 'NR == 2 {print $1, $2}'")).toBe(`tmpfs ${96 * 1024}`);
  expect(sh('head -c 80000000 /dev/zero > /dev/shm/block; stat -c %s /dev/shm/block')).toBe('80000000');
  expect(() => sh('head -c 30000000 /dev/zero > /dev/shm/more')).toThrow('head: standard output');

  expect(sh('echo x > /scratch/file; stat -c %u:%g /scratch/file')).toBe('10001:10001');
  const claims = () => namespace.get('pvc').items.map(({ metadata }: any) => metadata.name);
  const { name } = pod().metadata;
  expect(claims()).toEqual([`${name}-scratch`]);
  await namespace.deletePods([name]);
  namespace.rolledOut('deployment/test-app');
  await eventually('the claim is deleted with its pod', () => claims().join() === `${pod().metadata.name}-scratch`);
  expect(sh('ls /scratch | grep -v lost+found; ls /dev/shm')).toBe('');
});

const { stdout } = spawnSync(process.env.KUBECTL ?? 'kubectl', ['version', '-o', 'json'], { encoding: 'utf8' });
const minor = Number.parseInt(JSON.parse(stdout).serverVersion.minor, 10);

(minor >= 36 ? test : test.skip)('the files of an image are mounted read-only', () => {
  namespace = TestNamespace.create('image-volume');
  namespace.apply(chart => {
    KubernetesVersion.setMinimum(App.of(chart), KubernetesVersion.V1_36);
    new AppWorkload(chart, 'app', PROPS).mount('/files', PodVolume.image('files', BUSYBOX));
  });
  namespace.rolledOut('deployment/test-app');
  expect(sh('/files/bin/echo from the image')).toBe('from the image');
  expect(() => sh('echo x > /files/x')).toThrow('Read-only file system');
});
