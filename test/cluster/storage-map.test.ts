import { parseAllDocuments } from 'yaml';
import { eventually, report, TestNamespace } from './cluster';
import { objectsOf } from '../../src/inspect/manifest';
import { mapStorage } from '../../src/map/build';
import type { Lifetime, MappedWorkload, Row } from '../../src/map/model';
import { synthExample } from '../synth-example';

const IMAGE = 'docker.io/library/busybox:1.36';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

/** What ends the lives of files, and which of them: all whose lifetime is not above it. */
const EVENTS = {
  'the container restarts': 1,
  'the pod is deleted': 2,
  'it is scaled down and up': 3,
  'it is deleted and made again': 4,
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

/** A StatefulSet with two containers that have every kind of volume. */
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
              name: 'beside',
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

/** The composed example, whose app is a program of the image that there is. */
function composed(): any[] {
  const here = synthExample('composed-app')
    .replace(/namespace: shop/g, `namespace: ${namespace.name}`)
    .replace(/\.shop\.svc/g, `.${namespace.name}.svc`);
  const objects = parseAllDocuments(here).map(document => document.toJS());
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

/** Who has what: the markers that each container of each pod finds at each of its paths. */
class Replicas {
  private readonly rows: readonly Row[];
  private readonly selector: string;

  constructor(
    private readonly workload: MappedWorkload,
    manifest: any,
  ) {
    // a collector's image has no shell, an init container is over
    const withShell = workload.containers
      .filter(({ role, image }) => role === 'app' && !image.includes('otel'))
      .map(({ name }) => name);
    this.rows = workload.rows.filter(
      ({ container, environment, kind }) => withShell.includes(container) && !environment && kind !== 'image-layers',
    );
    this.selector = Object.entries(manifest.spec.selector.matchLabels)
      .map(label => label.join('='))
      .join(',');
  }

  public get resource(): string {
    return `${this.workload.kind.toLowerCase()}/${this.workload.name}`;
  }

  public pods(): any[] {
    return namespace
      .get('pods', '-l', this.selector)
      .items.filter(({ metadata }: any) => !metadata.deletionTimestamp)
      .sort((a: any, b: any) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }

  public async ready(): Promise<void> {
    await eventually(
      `${this.resource} is ready`,
      () => {
        const pods = this.pods();
        return (
          pods.length === this.workload.replicas &&
          pods.every(({ status }) => status.containerStatuses?.every(({ ready }: any) => ready))
        );
      },
      300,
    );
  }

  /** Writes a marker wherever the map says that it may, and finds that nothing can be written elsewhere. */
  public mark(): void {
    for (const {
      metadata: { name: pod },
    } of this.pods()) {
      for (const row of this.rows) {
        const file = `${row.path === '/' ? '' : row.path}/marker-${pod}-${row.container}-${this.rows.indexOf(row)}`;
        const written = this.sh(
          pod,
          row.container,
          `if touch ${file} 2>/dev/null; then echo written; else echo refused; fi`,
        ).trim();
        expect([row.container, row.path, written]).toEqual([
          row.container,
          row.path,
          row.writable ? 'written' : 'refused',
        ]);
      }
    }
  }

  public sh(pod: string, container: string, script: string): string {
    return namespace.kubectl('exec', pod, '-c', container, '--', 'sh', '-c', script);
  }

  /** The markers as `pod container path marker`. */
  public seen(): string[] {
    return this.pods()
      .flatMap(({ metadata: { name: pod } }) =>
        [...new Set(this.rows.map(({ container }) => container))].flatMap(container => {
          const paths = this.rows.filter(row => row.container === container).map(({ path }) => path);
          const found = this.sh(
            pod,
            container,
            `for d in ${paths.join(' ')}; do for f in $d/marker-*; do [ -e "$f" ] && echo "$d \${f##*/}"; done; ` +
              'done; true',
          );
          return found
            .split('\n')
            .filter(Boolean)
            .map(line => `${pod} ${container} ${line.replace(/^\/\/ /, '/ ')}`);
        }),
      )
      .sort();
  }

  /** The same as the map has it, less what events have ended. */
  public expected(isAlive: (row: Row, writer: string) => boolean, writers: readonly string[]): string[] {
    const readers = this.pods().map(({ metadata }) => metadata.name as string);
    return readers
      .flatMap(reader =>
        this.rows.flatMap(row =>
          writers.flatMap(writer =>
            this.rows
              .filter(source => source.writable && isAlive(source, writer) && shows(row, reader, source, writer))
              .map(
                source =>
                  `${reader} ${row.container} ${row.path} ` +
                  `marker-${writer}-${source.container}-${this.rows.indexOf(source)}`,
              ),
          ),
        ),
      )
      .sort();
  }
}

/** Whether by the map a row of one pod shows what was written through a row of a pod. */
function shows(row: Row, reader: string, source: Row, writer: string): boolean {
  if (
    row.kind !== source.kind ||
    row.volume !== source.volume ||
    row.source !== source.source ||
    row.subPath !== source.subPath
  ) {
    return false;
  }
  switch (row.sharing) {
    case 'container':
      return reader === writer && row.container === source.container;
    case 'pod':
      return reader === writer && (row.container === source.container || row.sharedWith.includes(source.container));
    case 'replica':
      return reader === writer;
    default:
      return true;
  }
}

test.each<[string, () => any[]]>([
  ['the composed example', composed],
  ['a StatefulSet with every kind of volume, whose claims outlive it', () => [everything('keeps', {})]],
  ['a StatefulSet whose claims go with it', () => [everything('goes', { whenDeleted: 'Delete' })]],
  [
    'a StatefulSet whose claims go with their replicas',
    () => [everything('shrinks', { whenDeleted: 'Delete', whenScaled: 'Delete' })],
  ],
])('every row of the map holds: %s', async (_, make) => {
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
    const replicas = new Replicas(workload, manifest);
    await replicas.ready();
    replicas.mark();
    const writers = replicas.pods().map(({ metadata }) => metadata.name as string);
    expect(replicas.seen()).toEqual(replicas.expected(() => true, writers));

    // each event ends what it ends in the last replica, and what earlier ones have ended stays so
    const victim = writers[writers.length - 1];
    let level = 0;
    const holds = (event: keyof typeof EVENTS, all = false) => {
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
    holds('the container restarts');

    await namespace.deletePods([victim]);
    await replicas.ready();
    holds('the pod is deleted');

    namespace.kubectl('scale', replicas.resource, `--replicas=${workload.replicas! - 1}`);
    await eventually('it is scaled down', () => replicas.pods().length === workload.replicas! - 1);
    await eventually(
      'its claim has gone, where it goes',
      () =>
        ENDS_WITH[workload.rows.find(({ kind }) => kind === 'claim-template')?.lifetime ?? 'independent'] !== 3 ||
        !namespace.kubectl('get', 'pvc', '-o', 'name').includes(`data-${victim}`),
    );
    namespace.kubectl('scale', replicas.resource, `--replicas=${workload.replicas}`);
    await replicas.ready();
    if (workload.kind === 'StatefulSet') {
      holds('it is scaled down and up');
      namespace.kubectl('delete', replicas.resource, '--cascade=foreground');
      await eventually(
        'its claims have gone, where they go',
        () =>
          ENDS_WITH[workload.rows.find(({ kind }) => kind === 'claim-template')!.lifetime] > 4 ||
          !namespace.kubectl('get', 'pvc', '-o', 'name').includes('data-'),
      );
      namespace.applyObjects([manifest]);
      await replicas.ready();
      holds('it is deleted and made again', true);
    }
    rows += workload.rows.length;
    if (workload.rows.some(({ kind }) => kind === 'host-path')) {
      replicas.sh(writers[0], 'app', 'rm -f /node/marker-*');
    }
  }
  report(`${workloads.length} workloads, ${rows} rows of the map`);
});
