import { mapYaml, rowAt, withVolume } from './fixtures';

const VOLUME = 'configMap: {name: conf}';
const conf = (rest = '', metadata = '') => `---
{apiVersion: v1, kind: ConfigMap, metadata: {name: conf, namespace: shop, ${metadata}}, ${rest}}
`;
const annotated = (annotation: string) =>
  withVolume(VOLUME).replace('name: api,', `name: api, annotations: {${annotation}},`);
const podAnnotated = (annotation: string) =>
  withVolume(VOLUME).replace('template:', `template:\n    metadata: {annotations: {${annotation}}}`);

test.each<[string, string, boolean]>([
  ['nothing', withVolume(VOLUME) + conf(), false],
  ['an immutable map', withVolume(VOLUME) + conf('immutable: true'), true],
  ['an immutable map that the manifests do not have', withVolume(VOLUME), false],
  ['a checksum of Helm', podAnnotated('checksum/config: "12"'), true],
  ['a checksum on the Deployment, which rolls nothing', annotated('checksum/config: "12"'), false],
  ['Reloader for all', annotated('reloader.stakater.com/auto: "true"'), true],
  ['Reloader for Secrets', annotated('secret.reloader.stakater.com/auto: "true"'), false],
  ['Reloader for this map', annotated('configmap.reloader.stakater.com/reload: "other, conf"'), true],
  ['Reloader for another map', annotated('configmap.reloader.stakater.com/reload: other'), false],
  [
    'Reloader for maps that say so',
    annotated('reloader.stakater.com/search: "true"') + conf('', 'annotations: {reloader.stakater.com/match: "true"}'),
    true,
  ],
  ['Reloader for maps that do not say so', annotated('reloader.stakater.com/search: "true"') + conf(), false],
  [
    'an immutable map of a StatefulSet that is updated by hand',
    withVolume(VOLUME, { kind: 'StatefulSet', spec: 'updateStrategy: {type: OnDelete}' }) + conf('immutable: true'),
    false,
  ],
  [
    'an immutable map of a paused Deployment',
    withVolume(VOLUME, { spec: 'paused: true' }) + conf('immutable: true'),
    false,
  ],
  ['an immutable map of a ReplicaSet', withVolume(VOLUME, { kind: 'ReplicaSet' }) + conf('immutable: true'), false],
])('with %s, it is %p that a change rolls the pods', (_, yaml, rolls) => {
  expect(rowAt(mapYaml(yaml), '/it').rollout?.rolls).toBe(rolls);
});

test('a subPath is said to never change under a running container', () => {
  expect(rowAt(mapYaml(withVolume(VOLUME, { mount: 'subPath: a.conf' })), '/it').notes).toEqual([
    'with a subPath, a running container never sees a change',
  ]);
});
