import { auditWith, messagesOf, podOfKind } from './fixtures';

const RULE = 'volumes-belong-to-the-group';
const withGroup = (volume: string) => podOfKind('Deployment', { volume, pod: 'securityContext: {fsGroup: 1000}' });
const withoutGroup = (volume: string) => podOfKind('Deployment', { volume, pod: 'securityContext: {runAsUser: 1000}' });
const CHANGES = "The kubelet changes the group of every file of volume 'data' to 1000 at each start.";
const LOCKED_OUT = "Container 'app' runs as user 1000, and cannot write to its volumes without 'fsGroup: 1000'.";
const CLAIM = 'persistentVolumeClaim: {claimName: data}';

test.each<[string, string[], string[]]>([
  [CLAIM, [CHANGES], [LOCKED_OUT]],
  ['persistentVolumeClaim: {claimName: data, readOnly: true}', [], []],
  ['ephemeral: {volumeClaimTemplate: {spec: {}}}', [], [LOCKED_OUT]],
  ['csi: {driver: disk.example.com}', [CHANGES], []],
  ['csi: {driver: secrets-store.csi.k8s.io, readOnly: true}', [], []],
  ['nfs: {server: nas, path: /data}', [], []],
  ['hostPath: {path: /data}', [], []],
  ['image: {reference: "acme/model:1"}', [], []],
])('checks who owns the files of the volume {%s}', (volume, withChange, withLockout) => {
  expect(messagesOf(RULE, withGroup(volume))).toEqual(withChange);
  expect(messagesOf(RULE, withoutGroup(volume))).toEqual(withLockout);
});

test.each([
  [
    '',
    'grafana/grafana:12.1.0',
    "runs as user 472 of its image, and cannot write to its volumes without 'fsGroup: 472'",
  ],
  ['', 'apache/kafka:4.0.0', "'fsGroup: 1000'"],
  [
    'runAsUser: 999, runAsGroup: 1000',
    'acme/app:1',
    "runs as user 999, and cannot write to its volumes without 'fsGroup: 1000'",
  ],
  ['runAsUser: 1001, runAsGroup: 0', 'acme/app:1', "'fsGroup: 1001'"],
])('names the group of a pod with {%s} and the image %s', (security, image, message) => {
  const pod = podOfKind('Deployment', { volume: CLAIM, pod: `securityContext: {${security}}` });
  const mounted = pod.replace('acme/app:1', image).replace('mountPath: /data', `mountPath: ${PATHS[image] ?? '/data'}`);
  expect(messagesOf(RULE, mounted)).toEqual([expect.stringContaining(message)]);
});

const PATHS: Readonly<Record<string, string>> = {
  'grafana/grafana:12.1.0': '/var/lib/grafana',
  'apache/kafka:4.0.0': '/var/lib/kafka/data',
};

test.each([
  ['', 'info'],
  ['runAsUser: 1001', 'error'],
])('reports an image that runs as any user with {%s} as %s', (security, severity) => {
  const pod = podOfKind('StatefulSet', { volume: CLAIM, pod: `securityContext: {${security}}` })
    .replace('acme/app:1', 'bitnami/redis:7.4.1')
    .replace('mountPath: /data', 'mountPath: /bitnami/redis/data');
  expect(auditWith(RULE, pod).findings.map(finding => finding.severity)).toEqual([severity]);
});

test.each([
  ['v0.30.2', 0],
  ['v0.8.1', 0],
  ['v0.31.0', 1],
  ['v0.39.2', 1],
])('knows the user of Thanos %s', (tag, count) => {
  const pod = podOfKind('StatefulSet', { volume: CLAIM, container: 'args: [receive, --tsdb.path=/var/thanos/receive]' })
    .replace('acme/app:1', `quay.io/thanos/thanos:${tag}`)
    .replace('mountPath: /data', 'mountPath: /var/thanos/receive');
  expect(messagesOf(RULE, pod)).toHaveLength(count);
});
