import { messagesOf, podOfKind } from './fixtures';

const checked = (container: string, mode: string, pod = '') =>
  messagesOf(
    'executed-file-mode',
    podOfKind('Deployment', { container, pod, volume: `configMap: {name: scripts, defaultMode: ${mode}}` }),
  );

test('reports each command that executes a file without execute permission', () => {
  const probe = 'livenessProbe: {exec: {command: [/data/live]}}, lifecycle: {preStop: {exec: {command: [/data/stop]}}}';
  expect(checked(`command: [/data/run], ${probe}`, '0644')).toEqual(
    ['run', 'live', 'stop'].map(
      file =>
        `Container 'app' executes '/data/${file}' of ConfigMap 'scripts', whose mode 0644 does not grant it execute ` +
        'permission.',
    ),
  );
});

test.each<[string, string, string]>([
  ['command: [/data/run]', '0555', ''],
  ['command: [sh, /data/run]', '0644', ''],
  ['command: [sh, -c, ". /data/run"]', '0644', ''],
  ['command: [sh, -c, "cp /data/run /tmp && chmod +x /tmp/run && /tmp/run"]', '0644', ''],
  ['command: [/usr/bin/run]', '0644', ''],
  // the user of the image is unknown
  ['command: [/data/run]', '0744', ''],
  ['command: [/data/run]', '0744', 'securityContext: {runAsUser: 0}'],
])('accepts {%s} with the mode %s', (container, mode, pod) => {
  expect(checked(container, mode, pod)).toEqual([]);
});
