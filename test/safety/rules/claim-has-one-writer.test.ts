import { claim, messagesOf, PodOptions, podOfKind, severitiesOf } from './fixtures';

const RULE = 'claim-has-one-writer';
const volume = 'persistentVolumeClaim: {claimName: data}';
const ONE_NODE = "write to the claim 'data', which can only be mounted on one node.";

test.each<[string, string, PodOptions, string[]]>([
  ['a Deployment of two replicas', 'Deployment', { spec: 'replicas: 2' }, [`2 replicas ${ONE_NODE}`]],
  ['a StatefulSet of two replicas', 'StatefulSet', { spec: 'replicas: 2' }, [`2 replicas ${ONE_NODE}`]],
  ['a Deployment of one replica', 'Deployment', { spec: 'replicas: 1' }, []],
  ['a DaemonSet', 'DaemonSet', {}, [`The pods of all nodes ${ONE_NODE}`]],
  ['a DaemonSet on one node', 'DaemonSet', { pod: 'nodeSelector: {kubernetes.io/hostname: node-1}' }, []],
  ['a Job', 'Job', {}, []],
  ['a Job with two pods at a time', 'Job', { spec: 'parallelism: 2' }, [`2 pods ${ONE_NODE}`]],
  ['a Job that needs one completion', 'Job', { spec: 'parallelism: 2, completions: 1' }, []],
  ['a CronJob whose runs can overlap', 'CronJob', {}, [`Overlapping runs ${ONE_NODE}`]],
  ['a CronJob whose runs cannot overlap', 'CronJob', { spec: 'concurrencyPolicy: Forbid' }, []],
  ['a CronJob whose runs replace each other', 'CronJob', { spec: 'concurrencyPolicy: Replace' }, []],
  [
    'a CronJob with two pods at a time',
    'CronJob',
    { spec: 'concurrencyPolicy: Forbid', job: 'parallelism: 2' },
    [`2 pods of each run ${ONE_NODE}`],
  ],
  ['a bare pod', 'Pod', {}, []],
])('checks whether several pods of %s write to a claim of one node', (_, kind, options, messages) => {
  expect(messagesOf(RULE, podOfKind(kind, { volume, ...options }), claim('data', 'ReadWriteOnce'))).toEqual(messages);
});

test.each(['DaemonSet', 'CronJob'])('accepts a %s with a claim that every node can mount', kind => {
  expect(messagesOf(RULE, podOfKind(kind, { volume }), claim('data', 'ReadWriteMany'))).toEqual([]);
});

const readOnly = 'persistentVolumeClaim: {claimName: data, readOnly: true}';

test.each<[string, string, string | undefined]>([
  [
    'ReadWriteOnce',
    volume,
    "The claim 'data' can only be mounted on one node, but Deployment shop/api also writes to it.",
  ],
  ['ReadWriteOnce', readOnly, undefined],
  [
    'ReadWriteOncePod',
    volume,
    "The claim 'data' can only be mounted by one pod at a time, but Deployment shop/api also uses it.",
  ],
  [
    'ReadWriteOncePod',
    readOnly,
    "The claim 'data' can only be mounted by one pod at a time, but Deployment shop/api also uses it.",
  ],
])('checks a second object with a claim of mode %s and the volume {%s}', (mode, source, message) => {
  const job = podOfKind('Job', { name: 'report', volume: source, pod: 'restartPolicy: Never' });
  expect(messagesOf(RULE, podOfKind('Deployment', { volume }), job, claim('data', mode))).toEqual(
    message === undefined ? [] : [message],
  );
});

test('only one of several replicas can mount a claim of one pod, even to read it', () => {
  const app = podOfKind('Deployment', { spec: 'replicas: 2', volume: readOnly });
  expect(messagesOf(RULE, app, claim('data', 'ReadWriteOncePod'))).toEqual([
    "2 replicas use the claim 'data', which only one pod at a time can mount.",
  ]);
  expect(messagesOf(RULE, app, claim('data', 'ReadWriteOnce'))).toEqual([]);
});

test('a block device is written to', () => {
  const app = podOfKind('Deployment', {
    spec: 'replicas: 2',
    volume,
    container: 'volumeDevices: [{name: data, devicePath: /dev/data}]',
  }).replace(/, volumeMounts: \[.*?\]/, '');
  expect(messagesOf(RULE, app, claim('data', 'ReadWriteOnce'))).toEqual([`2 replicas ${ONE_NODE}`]);
});

const server = (source: string, mount = '') =>
  podOfKind('Deployment', { spec: 'replicas: 2', volume: source })
    .replace('acme/app:1', 'postgres:17.11-trixie')
    .replace('mountPath: /data', `mountPath: /var/lib/postgresql/data${mount}`);

test.each([
  ['nfs: {server: nas, path: /db}', "2 servers of PostgreSQL write to the volume 'data' (nfs)."],
  ['csi: {driver: nfs.csi.k8s.io}', "2 servers of PostgreSQL write to the volume 'data' (csi)."],
  [volume, "2 servers of PostgreSQL write to the claim 'data'."],
  ['emptyDir: {sizeLimit: 1Gi}', undefined],
  ['ephemeral: {volumeClaimTemplate: {spec: {}}}', undefined],
])('checks two database servers with the volume {%s}', (source, message) => {
  expect(messagesOf(RULE, server(source))).toEqual(message === undefined ? [] : [message]);
});

test('accepts database servers with a directory for each pod', () => {
  expect(messagesOf(RULE, server(volume, ', subPathExpr: $(POD_NAME)'), claim('data', 'ReadWriteMany'))).toEqual([]);
});

test.each([
  ['Deployment', 'error'],
  ['CronJob', 'error'],
  ['Job', 'info'],
  ['Pod', 'info'],
])('a claim that a Deployment shares with a %s has the severity %s', (kind, severity) => {
  const spec = kind === 'CronJob' ? 'concurrencyPolicy: Forbid' : '';
  const manifests = [podOfKind('Deployment', { volume }), podOfKind(kind, { name: 'b', spec, volume })];
  expect(severitiesOf(RULE, ...manifests, claim('data', 'ReadWriteOnce'))).toEqual([severity]);
});

test.each([
  [
    '',
    '',
    ["PostgreSQL writes to the claim 'data', but the server in Deployment shop/api writes to the same directory."],
  ],
  [', subPath: a', ', subPath: b', []],
  [', subPath: a', ', subPath: a', [expect.stringContaining('Deployment shop/api')]],
  ['', ', readOnly: true', []],
])('compares the directories of two servers on one claim, mounted with {%s} and {%s}', (first, second, messages) => {
  const one = server(volume, first).replace('replicas: 2', 'replicas: 1');
  const two = server(volume, second).replace('replicas: 2', 'replicas: 1').replace('name: api,', 'name: b,');
  expect(messagesOf(RULE, one, two, claim('data', 'ReadWriteMany'))).toEqual(messages);
});
