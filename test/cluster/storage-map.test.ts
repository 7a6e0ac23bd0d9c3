import { parseAllDocuments } from 'yaml';
import { eventually, report, TestNamespace } from './cluster';
import { MarkedReplicas } from './marked-replicas';
import { objectsOf } from '../../src/inspect/manifest';
import { mapStorage } from '../../src/map/build';
import type { Lifetime, Row } from '../../src/map/model';
import { synthExample } from '../synth-example';

const IMAGE = 'docker.io/library/busybox:1.36';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

/** The events that delete files, each with the longest lifetime that it ends. */
const EVENTS = {
  'the container restarts': 1,
  'the pod is deleted': 2,
  'it is scaled down and up': 3,
  'it is deleted and recreated': 4,
} as const;
const ENDS_WITH: Readonly<Record<Lifetime, number>> = {
  'container': 1,
  'pod': 2,
  'replica': 3,
  'stateful-set': 4,
  'node': 5,
  'retained': 5,
  'independent': 5,
};

const privileged = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
});
const object = (kind: string, name: string, rest: object) => ({ apiVersion: 'v1', kind, metadata: { name }, ...rest });
const claimSpec = (mode: string) => ({ accessModes: [mode], resources: { requests: { storage: '10Mi' } } });
const WAIT = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.2; done'];

/** A StatefulSet with two containers and every kind of volume. */
function everything(name: string, persistentVolumeClaimRetentionPolicy: object): object {
  const mounts = [
    { name: 'data', mountPath: '/data' },
    { name: 'disk', mountPath: '/disk' },
    { name: 'memory', mountPath: '/memory' },
    { name: 'config', mountPath: '/config' },
    { name: 'secret', mountPath: '/secret' },
    { name: 'fields', mountPath: '/fields' },
    { name: 'media', mountPath: '/media' },
    { name: 'new', mountPath: '/new' },
    { name: 'node', mountPath: '/node' },
    { name: 'media', mountPath: '/own', subPathExpr: 'own/$(POD)' },
    { name: 'disk', mountPath: '/disk/inner', subPath: 'elsewhere' },
  ];
  const env = [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas: 3,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            { name: 'app', image: IMAGE, command: WAIT, env, volumeMounts: mounts },
            {
              name: 'sidecar',
              image: IMAGE,
              command: WAIT,
              securityContext: { readOnlyRootFilesystem: true },
              volumeMounts: [
                { name: 'disk', mountPath: '/shared' },
                { name: 'memory', mountPath: '/memory', readOnly: true },
                { name: 'data', mountPath: '/data' },
              ],
            },
          ],
          volumes: [
            { name: 'disk', emptyDir: {} },
            { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
            { name: 'config', configMap: { name: 'conf' } },
            { name: 'secret', secret: { secretName: 'conf' } },
            { name: 'media', persistentVolumeClaim: { claimName: 'media' } },
            { name: 'fields', downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
            { name: 'new', ephemeral: { volumeClaimTemplate: { spec: claimSpec('ReadWriteOnce') } } },
            { name: 'node', hostPath: { path: `/tmp/storage-map-${namespace.name}`, type: 'DirectoryOrCreate' } },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec('ReadWriteOnce') }],
    },
  };
}

/** The composed example with a web server of busybox as its app. */
function composed(): any[] {
  const manifest = synthExample('composed-app')
    .replace(/namespace: shop/g, `namespace: ${namespace.name}`)
    .replace(/\.shop\.svc/g, `.${namespace.name}.svc`);
  const objects = parseAllDocuments(manifest).map(document => document.toJS());
  const app = objects
    .find(({ kind }) => kind === 'Deployment')
    .spec.template.spec.containers.find(({ name }: any) => name === 'app');
  app.image = IMAGE;
  app.command = [
    'sh',
    '-c',
    'mkdir -p /tmp/www; touch /tmp/www/ready; httpd -p 8080 -h /tmp/www; trap "exit 0" TERM; while true; do sleep ' +
      '0.2; done',
  ];
  app.lifecycle = undefined;
  return objects;
}

test.each<[string, () => any[]]>([
  ['the composed example', composed],
  ['a StatefulSet with every kind of volume that retains its claims', () => [everything('keeps', {})]],
  ['a StatefulSet that deletes its claims with itself', () => [everything('goes', { whenDeleted: 'Delete' })]],
  [
    'a StatefulSet that deletes the claims of removed replicas',
    () => [everything('shrinks', { whenDeleted: 'Delete', whenScaled: 'Delete' })],
  ],
])('every row of the map is true on a cluster: %s', async (_, make) => {
  namespace = TestNamespace.create('map');
  namespace.applyObjects([privileged(namespace.name)]);
  const manifests = make();
  namespace.applyObjects([
    object('ConfigMap', 'conf', { data: { a: 'b' } }),
    object('Secret', 'conf', { stringData: { a: 'b' } }),
    object('PersistentVolumeClaim', 'media', { spec: claimSpec('ReadWriteMany') }),
    object('Secret', 'orders-db', { stringData: { password: 'a-password-for-tests' } }),
    object('Secret', 'otlp-token', { stringData: { token: 'x', password: 'x' } }),
    ...manifests,
  ]);
  const { workloads } = mapStorage({
    objects: manifests.flatMap(manifest => objectsOf(manifest, { locate: () => undefined })),
    problems: [],
  });
  let rows = 0;
  for (const workload of workloads) {
    const manifest = manifests.find(({ kind, metadata }) => kind === workload.kind && metadata.name === workload.name);
    const replicas = new MarkedReplicas(namespace, workload, manifest);
    await replicas.ready();
    replicas.mark();
    const writers = replicas.pods().map(({ metadata }) => metadata.name as string);
    expect(replicas.seen()).toEqual(replicas.expected(() => true, writers));

    // each event deletes files of the last replica, and files that earlier events deleted stay deleted
    const victim = writers[writers.length - 1];
    let level = 0;
    const expectMarkers = (event: keyof typeof EVENTS, all = false) => {
      level = EVENTS[event];
      const alive = (row: Row, writer: string) => ENDS_WITH[row.lifetime] > (all || writer === victim ? level : 0);
      expect({ event, seen: replicas.seen() }).toEqual({ event, seen: replicas.expected(alive, writers) });
    };
    const { container } = workload.rows.find(
      ({ container: name, kind }) => kind === 'writable-layer' && ['app', 'database'].includes(name),
    )!;
    const status = () => replicas.pods().find(({ metadata }) => metadata.name === victim)?.status;
    const restarts = () => status()?.containerStatuses.find(({ name }: any) => name === container).restartCount;
    replicas.sh(victim, container, 'kill 1');
    await eventually('the container has restarted', () => restarts() === 1);
    await replicas.ready();
    expectMarkers('the container restarts');

    await namespace.deletePods([victim]);
    await replicas.ready();
    expectMarkers('the pod is deleted');

    namespace.kubectl('scale', replicas.resource, `--replicas=${workload.replicas! - 1}`);
    await eventually('it is scaled down', () => replicas.pods().length === workload.replicas! - 1);
    await eventually(
      'its claim is deleted, if the map says so',
      () =>
        ENDS_WITH[workload.rows.find(({ kind }) => kind === 'claim-template')?.lifetime ?? 'independent'] !== 3 ||
        !namespace.kubectl('get', 'pvc', '-o', 'name').includes(`data-${victim}`),
    );
    namespace.kubectl('scale', replicas.resource, `--replicas=${workload.replicas}`);
    await replicas.ready();
    if (workload.kind === 'StatefulSet') {
      expectMarkers('it is scaled down and up');
      namespace.kubectl('delete', replicas.resource, '--cascade=foreground');
      await eventually(
        'its claims are deleted, if the map says so',
        () =>
          ENDS_WITH[workload.rows.find(({ kind }) => kind === 'claim-template')!.lifetime] > 4 ||
          !namespace.kubectl('get', 'pvc', '-o', 'name').includes('data-'),
      );
      namespace.applyObjects([manifest]);
      await replicas.ready();
      expectMarkers('it is deleted and recreated', true);
    }
    rows += workload.rows.length;
    if (workload.rows.some(({ kind }) => kind === 'host-path')) {
      replicas.sh(writers[0], 'app', 'rm -f /node/marker-*');
    }
  }
  report(`${workloads.length} workloads, ${rows} rows of the map`);
});
