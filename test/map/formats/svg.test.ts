import { readFileSync } from 'fs';
import { join } from 'path';
import { expectNoForeignMarkup } from './hostile';
import { readYaml } from '../../../src/inspect/read-yaml';
import { mapStorage } from '../../../src/map/build';
import { toSvg } from '../../../src/map/formats/svg';
import { synthExample } from '../../synth-example';
import { mapYaml, withVolume } from '../fixtures';

test('contains no markup but its own, whatever the names', () => {
  expectNoForeignMarkup(toSvg);
});

test('describes each lane in a tooltip', () => {
  expect(toSvg(mapYaml(withVolume('emptyDir: {sizeLimit: 1Gi}')))).toContain(
    '<title>app /it: emptyDir; not shared; lifetime pod; writers app; limit 1Gi.</title>',
  );
});

test('the picture of the README is the map of the composed example', () => {
  const map = mapStorage(readYaml(synthExample('composed-app'), 'composed-app.k8s.yaml'));
  // written by `npm run docs:map`
  expect(readFileSync(join(__dirname, '..', '..', '..', 'docs', 'composed-app.svg'), 'utf8')).toBe(toSvg(map));
});

test.each([-1, 1.5, 1e300, '2', null])('draws one pod of a Deployment with %p replicas', replicas => {
  const yaml = withVolume('emptyDir: {}').replace('replicas: 3', `replicas: ${JSON.stringify(replicas)}`);
  expect(toSvg(mapYaml(yaml))).toContain('1 replica<');
});
