import { messagesOf, podOfKind } from './fixtures';

const checked = (volume: string, mount = '') =>
  messagesOf(
    'claims-are-mounted',
    podOfKind('Deployment', { volume }).replace(
      'volumeMounts: [{name: data, mountPath: /data}]',
      mount || 'tty: false',
    ),
  );

test.each(['persistentVolumeClaim: {claimName: a}', 'ephemeral: {volumeClaimTemplate: {spec: {}}}'])(
  'reports {%s} that no container mounts',
  volume => {
    expect(checked(volume)).toEqual(["No container mounts the claim of volume 'data'."]);
    expect(checked(volume, 'volumeMounts: [{name: data, mountPath: /d}]')).toEqual([]);
    expect(checked(volume, 'volumeDevices: [{name: data, devicePath: /dev/x}]')).toEqual([]);
  },
);

test('is silent about other volumes', () => {
  expect(checked('emptyDir: {}')).toEqual([]);
});
