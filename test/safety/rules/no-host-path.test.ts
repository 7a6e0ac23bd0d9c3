import { Inventory } from '../../../src/inspect/inventory';
import { readYaml } from '../../../src/inspect/read-yaml';
import { RULES } from '../../../src/safety/rules';
import { audit } from '../../../src/safety/run';

const rules = RULES.filter(({ id }) => id === 'no-host-path');

const volume = (source: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: orders }
spec: { capacity: { storage: 5Gi }, accessModes: [ ReadWriteOnce ], ${source} }
`;

test.each([
  ['a directory of any node', 'hostPath: { path: /mnt/data }', [['spec', 'hostPath']]],
  [
    'a directory of one node, which a provisioner created',
    'hostPath: { path: /opt/pvc-1 }, nodeAffinity: { required: { nodeSelectorTerms: [] } }',
    [],
  ],
  ['a local volume', 'local: { path: /mnt/data }', []],
])('checks a PersistentVolume with %s', (_, source, expected) => {
  const { objects } = readYaml(volume(source), 'a.yaml');
  expect(audit(new Inventory(objects), { rules }).findings.map(({ at }) => at)).toEqual(expected);
});
