import { mapYaml, rowAt, withVolume } from './fixtures';

const VOLUME = 'configMap: {name: conf}';
const conf = (fields = '', metadata = '') => `---
{apiVersion: v1, kind: ConfigMap, metadata: {name: conf, namespace: shop, ${metadata}}, ${fields}}
`;
const IMMUTABLE = conf('immutable: true');
const annotated = (annotation: string) =>
  withVolume(VOLUME).replace('name: api,', `name: api, annotations: {${annotation}},`);
const podAnnotated = (annotation: string) =>
  withVolume(VOLUME).replace('template:', `template:\n    metadata: {annotations: {${annotation}}}`);

test.each<[string, string, boolean]>([
  ['no annotation', withVolume(VOLUME) + conf(), false],
  ['an immutable ConfigMap', withVolume(VOLUME) + IMMUTABLE, true],
  ['a ConfigMap outside the manifests', withVolume(VOLUME), false],
  ['a Helm checksum in the pod template', podAnnotated('checksum/config: "12"'), true],
  ['a checksum on the Deployment', annotated('checksum/config: "12"'), false],
  ['Reloader for all objects', annotated('reloader.stakater.com/auto: "true"'), true],
  ['Reloader for Secrets', annotated('secret.reloader.stakater.com/auto: "true"'), false],
  ['Reloader for this ConfigMap', annotated('configmap.reloader.stakater.com/reload: "other, conf"'), true],
  ['Reloader for another ConfigMap', annotated('configmap.reloader.stakater.com/reload: other'), false],
  [
    'Reloader for ConfigMaps that opt in',
    annotated('reloader.stakater.com/search: "true"') + conf('', 'annotations: {reloader.stakater.com/match: "true"}'),
    true,
  ],
  ['Reloader and a ConfigMap without opt-in', annotated('reloader.stakater.com/search: "true"') + conf(), false],
  [
    'a StatefulSet with the update strategy OnDelete',
    withVolume(VOLUME, { kind: 'StatefulSet', spec: 'updateStrategy: {type: OnDelete}' }) + IMMUTABLE,
    false,
  ],
  ['a paused Deployment', withVolume(VOLUME, { spec: 'paused: true' }) + IMMUTABLE, false],
  ['a ReplicaSet', withVolume(VOLUME, { kind: 'ReplicaSet' }) + IMMUTABLE, false],
])('with %s, a change rolls out new pods: %p', (_, yaml, rolls) => {
  expect(rowAt(mapYaml(yaml), '/it').rollout?.rolls).toBe(rolls);
});

test.each([
  [{ kind: 'StatefulSet', spec: 'updateStrategy: {type: OnDelete}' }, "the update strategy is 'OnDelete'"],
  [{ spec: 'paused: true' }, 'rollouts of the workload are paused'],
  [
    { kind: 'StatefulSet', spec: 'updateStrategy: {rollingUpdate: {partition: 2}}' },
    "'partition' of the update strategy is 2",
  ],
  [{ kind: 'ReplicaSet' }, 'a ReplicaSet does not replace its pods'],
])('explains why %p does not roll out new pods', (options, reason) => {
  expect(rowAt(mapYaml(withVolume(VOLUME, options) + IMMUTABLE), '/it').rollout?.reason).toBe(reason);
});

test('a new image rolls out new pods', () => {
  expect(mapYaml(withVolume(VOLUME)).workloads[0].rows[0]).toMatchObject({
    kind: 'image-layers',
    rollout: { rolls: true },
  });
});
