import { readYaml } from '../../src/inspect/read-yaml';
import { fingerprintOf } from '../../src/safety/fingerprint';

function fingerprint(containers: string, index: number, metadata = 'name: web'): string {
  const yaml = `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}}\nspec: {containers: [${containers}]}\n`;
  const [object] = readYaml(yaml, 'a.yaml').objects;
  return fingerprintOf('pinned-image', { object, at: ['spec', 'containers', index, 'image'] });
}

const first = fingerprint('{name: app}', 0);

test('stays the same when another container is added before', () => {
  expect(fingerprint('{name: sidecar}, {name: app}', 1)).toBe(first);
});

test.each([
  ['container', fingerprint('{name: sidecar}', 0)],
  ['object', fingerprint('{name: app}', 0, 'name: api')],
  ['namespace', fingerprint('{name: app}', 0, 'name: web, namespace: shop')],
  ['generated name', fingerprint('{name: app}', 0, 'generateName: web-')],
])('differs for another %s', (_, other) => {
  expect(other).not.toBe(first);
});
