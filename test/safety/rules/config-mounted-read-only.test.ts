import { auditWith } from './fixtures';

const pod = (...mounts: string[]) => `apiVersion: v1
kind: Pod
metadata: {name: api}
spec:
  containers: [{name: app, image: i, volumeMounts: [${mounts.join(', ')}]}]
  volumes:
    - {name: conf, configMap: {name: conf}}
    - {name: key, secret: {secretName: key}}
    - {name: tmp, emptyDir: {}}
`;
const conf = '{name: conf, mountPath: /conf}';
const key = '{name: key, mountPath: /key}';
const MESSAGE = "Container 'app' mounts volume 'conf' (configMap) at '/conf' without 'readOnly: true'";

test.each([
  [[conf], `${MESSAGE}.`],
  [[conf, key], `${MESSAGE}, and the pod has 1 other such mount.`],
  [[conf, key, key.replace('/key', '/other')], `${MESSAGE}, and the pod has 2 other such mounts.`],
  [[conf.replace('}', ', readOnly: true}'), '{name: tmp, mountPath: /tmp}'], undefined],
])('reports the mounts %j of a pod once', (mounts, message) => {
  const { findings } = auditWith('config-mounted-read-only', pod(...mounts));
  expect(findings.map(({ at, message: text }) => [at[at.length - 1], text])).toEqual(
    message === undefined ? [] : [[0, message]],
  );
});
