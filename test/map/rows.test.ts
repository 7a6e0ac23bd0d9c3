import { mapYaml, rowAt, withContainerFields, withVolume } from './fixtures';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  automountServiceAccountToken: false
  initContainers:
    - {name: prepare, image: i, volumeMounts: [{name: data, mountPath: /prepared}]}
    - name: shipper
      image: i
      restartPolicy: Always
      volumeMounts: [{name: data, mountPath: /logs, subPath: logs, readOnly: true}]
  containers:
    - name: app
      image: i
      volumeMounts:
        - {name: data, mountPath: /srv, subPath: site}
        - {name: cache, mountPath: /srv/cache/}
        - {name: data, mountPath: /srvlogs, subPath: logs}
  volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]
`;

test('a directory of a volume is shared only with the containers that mount it or a directory around it', () => {
  const map = mapYaml(POD);
  expect(rowAt(map, '/srv')).toMatchObject({ subPath: 'site', sharedWith: ['prepare'], writers: ['prepare', 'app'] });
  expect(rowAt(map, '/srvlogs')).toMatchObject({
    subPath: 'logs',
    sharedWith: ['prepare', 'shipper'],
    writers: ['prepare', 'app'],
  });
  expect(rowAt(map, '/logs', 'shipper')).toMatchObject({ writable: false, sharedWith: ['prepare', 'app'] });
  expect(rowAt(map, '/prepared', 'prepare').sharedWith).toEqual(['shipper', 'app']);
});

test('a mount inside another one hides the files at its path', () => {
  const map = mapYaml(POD);
  expect(rowAt(map, '/srv/cache')).toMatchObject({ outerMount: '/srv', nestedMounts: [] });
  expect(rowAt(map, '/srv').nestedMounts).toEqual(['/srv/cache']);
  expect(rowAt(map, '/srvlogs').outerMount).toBeUndefined();
});

test('the rows of a container start with the root filesystem and continue by path', () => {
  const rows = mapYaml(POD).workloads[0].rows.filter(({ container }) => container === 'app');
  expect(rows.map(({ path }) => path)).toEqual(['/', '/', '/dev/shm', '/srv', '/srv/cache', '/srvlogs']);
});

describe('a directory that subPathExpr names after the pod', () => {
  const variable = (fieldPath: string) => `{name: POD, valueFrom: {fieldRef: {fieldPath: ${fieldPath}}}}`;
  const sharing = (kind: string, ...env: string[]) => {
    const yaml = withVolume('persistentVolumeClaim: {claimName: media}', { kind, mount: 'subPathExpr: "$(POD)/x"' });
    return rowAt(mapYaml(withContainerFields(yaml, `env: [${env.join(', ')}]`)), '/it').sharing;
  };

  test.each([
    ['Deployment', 'metadata.name', 'pod'],
    ['StatefulSet', 'metadata.name', 'replica'],
    ['StatefulSet', 'metadata.uid', 'pod'],
    ['StatefulSet', 'metadata.namespace', 'replicas'],
  ])('of a %s by %s has the sharing %s', (kind, fieldPath, expected) => {
    expect(sharing(kind, variable(fieldPath))).toBe(expected);
  });

  test('is shared by all replicas if the variable is undefined', () => {
    expect(sharing('StatefulSet')).toBe('replicas');
  });

  test('depends on the last definition of the variable', () => {
    expect(sharing('StatefulSet', variable('metadata.name'), variable('metadata.namespace'))).toBe('replicas');
    expect(sharing('StatefulSet', variable('metadata.namespace'), variable('metadata.name'))).toBe('replica');
  });
});

test('notes that running containers never see a change of a file that is mounted with subPath', () => {
  const note = 'Running containers never see a change of a file that is mounted with subPath.';
  const notes = (mount: string) => rowAt(mapYaml(withVolume('configMap: {name: conf}', { mount })), '/it').notes;
  expect(notes('subPath: a.conf')).toEqual([note]);
  expect(notes('')).toEqual([]);
});

test.each([
  ['Bidirectional', 'Mounts that the container creates below this path appear on the node and in other pods.'],
  ['HostToContainer', 'Mounts that the node creates below this path appear in the container.'],
])('shows the mount propagation %s', (propagation, note) => {
  const yaml = withVolume('hostPath: {path: /mnt}', { mount: `mountPropagation: ${propagation}` });
  expect(rowAt(mapYaml(yaml), '/it').notes).toContain(note);
  expect(rowAt(mapYaml(yaml.replace(propagation, 'None')), '/it').notes).not.toContain(note);
});

test('host paths inside one another show common files', () => {
  const yaml = withVolume('hostPath: {path: /sys/fs}, ', { mount: 'readOnly: true' })
    .replace('[{name: it,', '[{name: bpf, mountPath: /bpf}, {name: other, mountPath: /other}, {name: it,')
    .replace(
      'volumes: [',
      'volumes: [{name: bpf, hostPath: {path: /sys/fs/bpf/}}, {name: other, hostPath: {path: /sys/fsx}}, ',
    );
  expect(rowAt(mapYaml(yaml), '/it')).toMatchObject({
    writers: ['app'],
    notes: expect.arrayContaining(['Files of this directory are also at /bpf.']),
  });
});
