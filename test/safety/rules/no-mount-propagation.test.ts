import { auditWith, podOfKind } from './fixtures';

const propagating = (kind: string, mode: string, isPrivileged: boolean) =>
  podOfKind(kind, {
    volume: 'hostPath: {path: /srv}',
    container: isPrivileged ? 'securityContext: {privileged: true}' : '',
  }).replace('mountPath: /data', `mountPath: /data, mountPropagation: ${mode}`);

test.each([
  ['Deployment', 'Bidirectional', true, ['warning']],
  ['StatefulSet', 'Bidirectional', true, ['warning']],
  ['Job', 'Bidirectional', true, ['warning']],
  ['Deployment', 'Bidirectional', false, ['error']],
  ['DaemonSet', 'Bidirectional', false, ['error']],
  // a driver of volumes
  ['DaemonSet', 'Bidirectional', true, []],
  ['Deployment', 'HostToContainer', true, []],
  ['Deployment', 'None', false, []],
])('checks a %s with the propagation %s, privileged: %p', (kind, mode, isPrivileged, severities) => {
  const { findings } = auditWith('no-mount-propagation', propagating(kind, mode, isPrivileged));
  expect(findings.map(({ severity }) => severity)).toEqual(severities);
});

test.each(['/var/lib/kubelet', '/var/lib/kubelet/pods'])(
  'accepts a controller of volumes that mounts below %s',
  path => {
    const controller = propagating('Deployment', 'Bidirectional', true).replace('path: /srv', `path: ${path}`);
    expect(auditWith('no-mount-propagation', controller).findings).toEqual([]);
  },
);

test('names the container and the path', () => {
  const { findings } = auditWith('no-mount-propagation', propagating('Deployment', 'Bidirectional', true));
  expect(findings[0].message).toBe("Container 'app' propagates its mounts below '/data' to the node.");
  expect(findings[0].at.at(-1)).toBe('mountPropagation');
});
