import { Inventory } from '../../src/inspect/inventory';
import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { answerToChange } from '../../src/predicates/answer-to-change';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { mapYaml, rowAt } from '../map/fixtures';

const RELOADER = 'reloader.stakater.com';

const manifest = (name: string, metadata: string, template: string, configMap = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop, annotations: {${metadata}}}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}, annotations: {${template}}}
    spec:
      containers: [{name: app, image: 'acme/api:1.0.0', volumeMounts: [{name: it, mountPath: /it, readOnly: true}]}]
      volumes: [{name: it, configMap: {name: ${name}}}]
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: shop, annotations: {${configMap}}}}
`;

describe.each<[string, string, boolean]>([
  ['nothing', manifest('conf', '', ''), false],
  ['a name with a hash of kustomize', manifest('conf-5f7c9d8b6d', '', ''), true],
  ['a name that only looks like a hash', manifest('conf-production', '', ''), false],
  ['a checksum of Helm', manifest('conf', '', 'checksum/config: "12"'), true],
  ['an empty checksum', manifest('conf', '', 'checksum/config: ""'), false],
  ['a digest under any name', manifest('conf', '', `check/config: "${'0a'.repeat(32)}"`), true],
  ['a hash of another tool', manifest('conf', '', 'example.com/hash: "12"'), true],
  ['an annotation that changes with each release', manifest('conf', '', 'rollme: "x1y2z"'), true],
  ['Wave', manifest('conf', 'wave.pusher.com/update-on-config-change: "true"', ''), true],
  ['Wave, switched off', manifest('conf', 'wave.pusher.com/update-on-config-change: "false"', ''), false],
  ['a checksum on the Deployment', manifest('conf', 'checksum/config: "12"', ''), false],
  ['Reloader', manifest('conf', `${RELOADER}/auto: "true"`, ''), true],
  ['Reloader, switched off', manifest('conf', `${RELOADER}/auto: "false"`, ''), false],
  ['Reloader for Secrets', manifest('conf', `secret.${RELOADER}/auto: "true"`, ''), false],
  ['Reloader for names that match', manifest('conf', `configmap.${RELOADER}/reload: "other,co.*"`, ''), true],
  ['Reloader for another name', manifest('conf', `configmap.${RELOADER}/reload: "con"`, ''), false],
  [
    'Reloader for all but this one',
    manifest('conf', `${RELOADER}/auto: "true", configmaps.exclude.${RELOADER}/reload: conf`, ''),
    false,
  ],
  [
    'Reloader for annotated ConfigMaps',
    manifest('conf', `${RELOADER}/search: "true"`, '', `${RELOADER}/match: "true"`),
    true,
  ],
])('with %s', (_, yaml, isAnswered) => {
  const { objects } = readYaml(yaml, 'test.yaml');
  const name = objects[1].name;

  test(`a change changes the pod template: ${isAnswered}`, () => {
    expect(answerToChange(podOf(objects[0])!, { kind: 'ConfigMap', name }, objects[1]) !== undefined).toBe(isAnswered);
  });

  test('rule and map agree', () => {
    const found = audit(new Inventory(objects), { rules: RULES }).findings.filter(
      ({ rule }) => rule.id === 'config-change-rolls-pods',
    );
    expect(found).toHaveLength(isAnswered ? 0 : 1);
    expect(rowAt(mapYaml(yaml), '/it').rollout?.rolls).toBe(isAnswered);
  });
});
