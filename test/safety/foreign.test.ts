import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

const found = (yaml: string, ...ids: string[]) =>
  audit(new Inventory(readYaml(yaml, 'a.yaml').objects), {
    rules: RULES.filter(({ id }) => ids.includes(id)),
    known: RULES.map(({ id }) => id),
  }).findings.map(({ rule, at }) => `${rule.id} ${at.join('/')}`);

const volume = (rest: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: orders }
spec: { capacity: { storage: 5Gi }, accessModes: [ ReadWriteOnce ], ${rest} }
`;

test.each([
  ['the directory of any node', 'hostPath: { path: /mnt/data }', ['no-host-path spec/hostPath']],
  [
    'the directory of one node, as a provisioner makes it',
    'hostPath: { path: /opt/pvc-1 }, nodeAffinity: { required: { nodeSelectorTerms: [] } }',
    [],
  ],
  ['a local volume', 'local: { path: /mnt/data }', []],
])('a PersistentVolume that is %s', (_, rest, expected) => {
  expect(found(volume(rest), 'no-host-path')).toEqual(expected);
});

test('a chart renders what is switched off as null, which is not given', () => {
  expect(
    found(
      `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      containers:
        - { name: app, image: api:1, livenessProbe: null, readinessProbe: ~ }
      volumes:
        - { name: cache, hostPath: null, emptyDir: { sizeLimit: 1Mi } }
`,
      'health-check',
      'no-host-path',
      'empty-dir-size-limit',
    ),
  ).toEqual(['health-check spec/template/spec/containers/0']);
});
