import { messagesOf, PodOptions, podOfKind } from './fixtures';

const container = 'env: [{name: LOG_FILE, value: /data/app.log}]';
const WRITES = "Container 'app' writes to the same file '/data/app.log' in";

test.each<[string, string, PodOptions, string[]]>([
  ['the replicas of a Deployment', 'Deployment', { spec: 'replicas: 3' }, [`${WRITES} 3 replicas.`]],
  ['one replica', 'Deployment', {}, []],
  ['the pods of a DaemonSet', 'DaemonSet', {}, [`${WRITES} the pods of all nodes.`]],
  ['the pods of a Job', 'Job', { spec: 'parallelism: 2' }, [`${WRITES} 2 pods.`]],
  ['overlapping runs', 'CronJob', {}, [`${WRITES} overlapping runs.`]],
  ['runs that do not overlap', 'CronJob', { spec: 'concurrencyPolicy: Forbid' }, []],
])('checks a file that %s share', (_, kind, options, messages) => {
  const volumes = ['persistentVolumeClaim: {claimName: logs}', 'nfs: {server: nas, path: /logs}'];
  for (const volume of volumes) {
    expect(messagesOf('one-writer-per-file', podOfKind(kind, { ...options, container, volume }))).toEqual(messages);
  }
});

test.each(['emptyDir: {sizeLimit: 1Mi}', 'ephemeral: {volumeClaimTemplate: {spec: {}}}', 'hostPath: {path: /logs}'])(
  'accepts a file on the volume {%s}, which the nodes do not share',
  volume => {
    expect(messagesOf('one-writer-per-file', podOfKind('DaemonSet', { container, volume }))).toEqual([]);
  },
);

const shared = (source: string, subPath: string) =>
  podOfKind('Deployment', { volume: source })
    .replace('mountPath: /data', `mountPath: /data, subPath: ${subPath}`)
    .replace(
      'containers: [{',
      `containers: [{name: other, image: i, volumeMounts: [{name: data, mountPath: /o, subPath: ${subPath}}]}, {`,
    );

test.each([
  ['emptyDir: {}', 'app.log', true],
  ['emptyDir: {}', 'conf.d', false],
  ['emptyDir: {}', 'data-1.2', false],
  ['configMap: {name: conf}', 'config.yml', false],
  ['secret: {secretName: conf}', 'config.yml', false],
  ['projected: {sources: []}', 'config.yml', false],
  ['persistentVolumeClaim: {claimName: conf, readOnly: true}', 'config.yml', false],
])('judges two containers that mount {%s} at %s: %p', (source, subPath, isFound) => {
  expect(messagesOf('one-writer-per-file', shared(source, subPath))).toHaveLength(isFound ? 1 : 0);
});
