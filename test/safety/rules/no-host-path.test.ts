import { messagesOf, podOfKind, severitiesOf } from './fixtures';
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

const mounted = (source: string, readOnly: boolean) =>
  podOfKind('Deployment', { volume: `hostPath: {${source}}` }).replace(
    'mountPath: /data',
    `mountPath: /data, readOnly: ${String(readOnly)}`,
  );

test.each([
  ['path: /dev/bus/usb', false],
  ['path: /proc', false],
  ['path: /sys/fs/cgroup', false],
  ['path: /var/run/docker.sock', false],
  ['path: /opt/agent/api, type: Socket', false],
  ['path: /var/lib/kubelet/plugins', false],
  ['path: /etc/ssl/certs', false],
  ['path: /var/log/app', true],
  ['path: /etc/app', true],
  ['path: /srv/data', true],
])('checks whether {%s} is a part of the node: %p', (source, isFound) => {
  expect(messagesOf('no-host-path', mounted(source, false))).toHaveLength(isFound ? 1 : 0);
});

test.each([
  ['path: /', false],
  ['path: /var/log', false],
  ['path: /etc/os-release', false],
  ['path: /srv/data', true],
])('checks {%s}, which the pod only reads: %p', (source, isFound) => {
  expect(messagesOf('no-host-path', mounted(source, true))).toHaveLength(isFound ? 1 : 0);
});

test.each([
  ['Deployment', '', 'warning'],
  ['Deployment', 'nodeSelector: {kubernetes.io/hostname: nas}', 'info'],
  ['Deployment', 'nodeSelector: {disk: ssd}', 'warning'],
  ['Job', '', 'info'],
  ['Pod', '', 'info'],
])('a %s with {%s} and a directory of its node has the severity %s', (kind, pod, severity) => {
  const manifest = podOfKind(kind, { pod, volume: 'hostPath: {path: /srv/data}' });
  expect(severitiesOf('no-host-path', manifest)).toEqual([severity]);
});

test('a privileged container works on its node on purpose', () => {
  const container = 'securityContext: {privileged: true}';
  const manifest = podOfKind('Deployment', { container, volume: 'hostPath: {path: /srv/data}' });
  expect(severitiesOf('no-host-path', manifest)).toEqual(['info']);
});
