import { messagesOf, podOfKind } from './fixtures';

const checked = (yaml: string) => messagesOf('mounted-volume-exists', yaml);
const pod = podOfKind('StatefulSet', { volume: 'emptyDir: {}' });

test('reports mounts and block devices of volumes that do not exist', () => {
  expect(checked(pod.replace('{name: data, mountPath', '{name: date, mountPath'))).toEqual([
    "Container 'app' mounts the volume 'date', which the pod does not define; it defines 'data'.",
  ]);
  expect(checked(podOfKind('Pod', { container: 'volumeDevices: [{name: disk, devicePath: /dev/x}]' }))).toEqual([
    "Container 'app' mounts the volume 'disk', which the pod does not define.",
  ]);
});

test('knows volumes and claim templates, and is silent about a patch', () => {
  expect(checked(pod)).toEqual([]);
  const template = pod
    .replace('volumes: [{name: data, emptyDir: {}}]', 'hostNetwork: false')
    .replace('spec: {template', 'spec: {volumeClaimTemplates: [{metadata: {name: data}}], template');
  expect(checked(template)).toEqual([]);
  expect(
    checked(pod.replace('image: "acme/app:1", ', '').replace('{name: data, mountPath', '{name: x, mountPath')),
  ).toEqual([]);
});

test('is silent about a custom resource, whose controller can add volumes', () => {
  const template = `{containers: [{name: a, image: a, volumeMounts: [{name: added, mountPath: /a}]}]}`;
  const custom = `apiVersion: trainer.example.com/v1
kind: Runtime
metadata: {name: a}
spec: {template: {spec: ${template}}}
`;
  expect(checked(custom)).toEqual([]);
});
