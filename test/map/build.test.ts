import { mapYaml, rowAt, withVolume } from './fixtures';

const object = (kind: string, name: string, rest = '') => `---
apiVersion: v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
${rest}
`;
const claim = (...modes: string[]) =>
  object('PersistentVolumeClaim', 'media', `spec: {accessModes: [${modes}], resources: {requests: {storage: 5Gi}}}`);

test.each([
  ['configMap: {name: conf}', 'config-map', 'replicas', 'outside', false, undefined],
  ['secret: {secretName: tls}', 'secret', 'replicas', 'outside', false, undefined],
  ['emptyDir: {sizeLimit: 64Mi}', 'empty-dir', 'pod', 'pod', true, '64Mi'],
  ['emptyDir: {}', 'empty-dir', 'pod', 'pod', true, 'none'],
  ['emptyDir: {medium: Memory, sizeLimit: 1Gi}', 'memory-empty-dir', 'pod', 'pod', true, '1Gi'],
  ['downwardAPI: {}', 'downward-api', 'pod', 'pod', false, undefined],
  [
    'projected: {sources: [{configMap: {name: conf}}, {secret: {name: tls}}]}',
    'projected',
    'replicas',
    'outside',
    false,
    undefined,
  ],
  ['projected: {sources: [{configMap: {name: conf}}, {downwardAPI: {}}]}', 'projected', 'pod', 'pod', false, undefined],
  [
    'projected: {sources: [{serviceAccountToken: {path: token}}, {configMap: {name: kube-root-ca.crt}}, ' +
      '{downwardAPI: {}}]}',
    'service-account-token',
    'pod',
    'pod',
    false,
    undefined,
  ],
  [
    'ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 2Gi}}}}}',
    'ephemeral-claim',
    'pod',
    'pod',
    true,
    '2Gi',
  ],
  ['persistentVolumeClaim: {claimName: elsewhere}', 'claim', 'replicas', 'outside', true, 'unknown'],
  ['persistentVolumeClaim: {claimName: elsewhere, readOnly: true}', 'claim', 'replicas', 'outside', false, 'unknown'],
  ['csi: {driver: secrets-store.csi.k8s.io, readOnly: true}', 'csi', 'pod', 'pod', false, 'unknown'],
  ['hostPath: {path: /var/log}', 'host-path', 'node', 'node', true, 'none'],
  ['image: {reference: "acme/model:1"}', 'image-volume', 'replicas-on-a-node', 'node', false, undefined],
  ['nfs: {server: nas, path: /x}', 'other', 'everybody', 'outside', true, 'unknown'],
])('the volume %s is %s, shared by %s, living with %s', (volume, what, sharing, lifetime, writable, sizeLimit) => {
  expect(rowAt(mapYaml(withVolume(volume)), '/it')).toMatchObject({ what, sharing, lifetime, writable, sizeLimit });
  expect(rowAt(mapYaml(withVolume(volume, { mount: 'readOnly: true' })), '/it').writable).toBe(false);
});

test.each([
  [['ReadWriteOnce'], 'replicas-on-a-node', true],
  [['ReadWriteOncePod'], 'one-pod-at-a-time', true],
  [['ReadWriteMany'], 'replicas', true],
  [['ReadWriteOnce', 'ReadWriteMany'], 'replicas', true],
  [['ReadOnlyMany'], 'replicas', false],
])('a claim with the access modes %p is shared by %s', (modes, sharing, writable) => {
  const row = rowAt(mapYaml(withVolume('persistentVolumeClaim: {claimName: media}') + claim(...modes)), '/it');
  expect(row).toMatchObject({ source: 'media', sharing, writable, sizeLimit: '5Gi', lifetime: 'outside' });
});

test('a claim that another workload mounts is shared with it', () => {
  const other = withVolume('persistentVolumeClaim: {claimName: media}').replace('name: api', 'name: batch');
  const map = mapYaml(
    `${withVolume('persistentVolumeClaim: {claimName: media}')}---\n${other}${claim('ReadWriteMany')}`,
  );
  expect(rowAt(map, '/it')).toMatchObject({ sharing: 'everybody', sharedWith: ['Deployment shop/batch'] });
});

test.each([
  ['', 'beyond-stateful-set'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}', 'stateful-set'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Delete}', 'replica'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Delete}', 'replica'],
])('a claim template with the retention %p lives with: %s', (policy, lifetime) => {
  const template =
    'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: ' +
    '{storage: 10Gi}}}}]';
  const yaml = withVolume('emptyDir: {}', { kind: 'StatefulSet', spec: `${template}\n  ${policy}` }).replace(
    '[{name: it,',
    '[{name: data, mountPath: /data}, {name: it,',
  );
  expect(rowAt(mapYaml(yaml), '/data')).toMatchObject({
    what: 'claim-template',
    sharing: 'replica',
    lifetime,
    sizeLimit: '10Gi',
    writable: true,
  });
});

test('each container has image layers and a layer of its own, unless its root is read-only', () => {
  const yaml = withVolume('emptyDir: {}');
  expect(rowAt(mapYaml(yaml), '/')).toMatchObject({
    what: 'writable-layer',
    lifetime: 'container',
    sharing: 'container',
    writable: true,
    sizeLimit: 'none',
  });
  expect(
    rowAt(
      mapYaml(
        yaml.replace('image: acme/app:1', 'image: acme/app:1\n          resources: {limits: {ephemeral-storage: 1Gi}}'),
      ),
      '/',
    ).sizeLimit,
  ).toBe('1Gi');
  expect(
    rowAt(
      mapYaml(
        yaml.replace(
          'image: acme/app:1',
          'image: acme/app:1\n          securityContext: {readOnlyRootFilesystem: true}',
        ),
      ),
      '/',
    ),
  ).toMatchObject({ writable: false, writers: [] });
  expect(mapYaml(yaml).workloads[0].rows[0]).toMatchObject({
    what: 'image-layers',
    source: 'acme/app:1',
    sharing: 'replicas-on-a-node',
    writable: false,
  });
});

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

test('a token is mounted unless the pod or its ServiceAccount says no, or something else stands there', () => {
  const paths = (yaml: string) => mapYaml(yaml).workloads[0].rows.map(({ path }) => path);
  expect(paths(withVolume('emptyDir: {}'))).toContain(TOKEN);
  expect(paths(withVolume('emptyDir: {}', { pod: 'automountServiceAccountToken: false' }))).not.toContain(TOKEN);
  const account = object('ServiceAccount', 'own', 'automountServiceAccountToken: false');
  expect(paths(withVolume('emptyDir: {}', { pod: 'serviceAccountName: own' }) + account)).not.toContain(TOKEN);
  expect(
    paths(
      withVolume('emptyDir: {}', { pod: 'serviceAccountName: own\n      automountServiceAccountToken: true' }) +
        account,
    ),
  ).toContain(TOKEN);
  expect(
    paths(withVolume('emptyDir: {}').replace('mountPath: /it', `mountPath: ${TOKEN}`)).filter(path => path === TOKEN),
  ).toHaveLength(1);
});

test("/dev/shm is the pod's, or the node's with hostIPC, unless something is mounted there", () => {
  expect(rowAt(mapYaml(withVolume('emptyDir: {}')), '/dev/shm')).toMatchObject({
    what: 'shared-memory',
    lifetime: 'pod',
    sizeLimit: '64Mi',
    writable: true,
  });
  expect(rowAt(mapYaml(withVolume('emptyDir: {}', { pod: 'hostIPC: true' })), '/dev/shm')).toMatchObject({
    lifetime: 'node',
    sharing: 'node',
  });
  expect(rowAt(mapYaml(withVolume('emptyDir: {medium: Memory}').replace('/it', '/dev/shm')), '/dev/shm').what).toBe(
    'memory-empty-dir',
  );
});

const POD = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  automountServiceAccountToken: false
  initContainers:
    - {name: prepare, image: i, volumeMounts: [{name: data, mountPath: /prepared}]}
    - {name: beside, image: i, restartPolicy: Always, volumeMounts: [{name: data, mountPath: /logs, subPath: logs, readOnly: true}]}
  containers:
    - name: app
      image: i
      volumeMounts:
        - {name: data, mountPath: /srv, subPath: site}
        - {name: cache, mountPath: /srv/cache/}
        - {name: data, mountPath: /srvlogs, subPath: logs}
  volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]
`;

test('roles are told apart', () => {
  expect(mapYaml(POD).workloads[0].containers.map(({ name, role }) => [name, role])).toEqual([
    ['prepare', 'init'],
    ['beside', 'native-sidecar'],
    ['app', 'app'],
  ]);
});

test('folders of one volume are shared only by those that see them', () => {
  const map = mapYaml(POD);
  expect(rowAt(map, '/srv')).toMatchObject({ subPath: 'site', sharedWith: ['prepare'], writers: ['prepare', 'app'] });
  expect(rowAt(map, '/srvlogs')).toMatchObject({
    subPath: 'logs',
    sharedWith: ['prepare', 'beside'],
    writers: ['prepare', 'app'],
  });
  expect(rowAt(map, '/logs', 'beside')).toMatchObject({ writable: false, sharedWith: ['prepare', 'app'] });
  expect(rowAt(map, '/prepared', 'prepare').sharedWith).toEqual(['beside', 'app']);
});

test('a mount inside another hides what that has there', () => {
  const map = mapYaml(POD);
  expect(rowAt(map, '/srv/cache')).toMatchObject({ inside: '/srv', hidden: [] });
  expect(rowAt(map, '/srv').hidden).toEqual(['/srv/cache']);
  expect(rowAt(map, '/srvlogs').inside).toBeUndefined();
});

test("a folder named after the pod is its own, or its replica's where pods keep their names", () => {
  const mount = 'subPathExpr: "$(POD)/x"';
  const env = (yaml: string) =>
    yaml.replace(
      'image: acme/app:1',
      'image: acme/app:1\n          env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
    );
  const shared = 'persistentVolumeClaim: {claimName: media}';
  expect(rowAt(mapYaml(env(withVolume(shared, { mount }))), '/it')).toMatchObject({
    sharing: 'pod',
    lifetime: 'outside',
  });
  expect(rowAt(mapYaml(env(withVolume(shared, { mount, kind: 'StatefulSet' }))), '/it')).toMatchObject({
    sharing: 'replica',
    lifetime: 'outside',
  });
  expect(rowAt(mapYaml(withVolume(shared, { mount })), '/it').sharing).toBe('replicas');
});

test('a block device is a path too', () => {
  const yaml = withVolume('persistentVolumeClaim: {claimName: media}').replace(
    /volumeMounts: .*/,
    'volumeDevices: [{name: it, devicePath: /dev/xvda}]',
  );
  expect(rowAt(mapYaml(yaml), '/dev/xvda')).toMatchObject({
    what: 'claim',
    notes: ['its claim is not among the manifests', 'a block device'],
  });
});

test('a mount without a volume is shown as nothing', () => {
  expect(
    rowAt(mapYaml(withVolume('emptyDir: {}').replace('volumes: [{name: it', 'volumes: [{name: other')), '/it'),
  ).toMatchObject({ what: 'missing', writable: false });
});

test('variables of one object are one row', () => {
  const yaml = withVolume('emptyDir: {}').replace(
    'image: acme/app:1',
    `image: acme/app:1
          envFrom: [{configMapRef: {name: conf}, prefix: APP_}]
          env:
            - {name: A, valueFrom: {secretKeyRef: {name: s, key: a}}}
            - {name: B, valueFrom: {secretKeyRef: {name: s, key: b}}}
            - {name: C, valueFrom: {secretKeyRef: {name: s, key: c}}}
            - {name: PLAIN, value: x}`,
  );
  expect(rowAt(mapYaml(yaml), '$APP_*')).toMatchObject({ what: 'config-map', source: 'conf', environment: true });
  expect(rowAt(mapYaml(yaml), '$A and 2 more')).toMatchObject({ what: 'secret', source: 's' });
});

test('what a controller has made is not drawn beside it', () => {
  const owned = (kind: string, name: string, ownerKind: string, owner: string) =>
    withVolume('emptyDir: {}', { kind }).replace(
      'name: api,',
      `name: ${name}, ownerReferences: [{controller: true, kind: ${ownerKind}, name: ${owner}}],`,
    );
  const map = mapYaml(
    [
      withVolume('emptyDir: {}'),
      owned('ReplicaSet', 'api-1', 'Deployment', 'api'),
      owned('ReplicaSet', 'gone-1', 'Deployment', 'gone'),
    ].join('---\n'),
  );
  expect(map.workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Deployment api', 'ReplicaSet gone-1']);
});

test('a broken document names file and line, and the others are mapped', () => {
  const map = mapYaml(`a: [\n---\n${withVolume('emptyDir: {}')}`);
  expect(map.workloads).toHaveLength(1);
  expect(map.problems).toMatchObject([{ file: 'app.yaml', line: 2 }]);
  expect(map.workloads[0].place).toMatchObject({ file: 'app.yaml', line: 3 });
});

test('a finding stands at the paths that it is about, with the reason where it is waived', () => {
  const findings = (yaml: string) => rowAt(mapYaml(yaml), '/it').findings.map(({ rule, reason }) => [rule.id, reason]);
  expect(findings(withVolume('emptyDir: {}'))).toEqual([['empty-dir-size-limit', undefined]]);
  expect(
    findings(
      withVolume('emptyDir: {}').replace(
        'name: api,',
        'name: api, annotations: {waiver.cdk8s-storage-patterns/empty-dir-size-limit: small and read once},',
      ),
    ),
  ).toEqual([['empty-dir-size-limit', 'small and read once']]);
  expect(rowAt(mapYaml(withVolume('emptyDir: {}')), '/dev/shm').findings).toEqual([]);
});
