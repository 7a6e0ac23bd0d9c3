import { createHash } from 'crypto';
import { expectNoForeignMarkup } from './hostile';
import { toHtml } from '../../../src/map/formats/html';
import { mapYaml, withVolume } from '../fixtures';

const page = (count: number) =>
  toHtml(
    mapYaml(
      Array.from({ length: count }, (_, index) =>
        withVolume('emptyDir: {}').replace('name: api', `name: api-${index}`),
      ).join('---\n'),
    ),
  );

test('contains no markup but its own, whatever the names', () => {
  expectNoForeignMarkup(toHtml);
});

test('allows its own script only, and no network requests', () => {
  const script = /<script>([^]*)<\/script>/.exec(page(1))![1];
  const hash = createHash('sha256').update(script).digest('base64');
  expect(page(1)).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
});

test('expands the tables of at most three workloads, and lists several workloads', () => {
  expect(page(3).match(/<details open>/g)).toHaveLength(3);
  expect(page(4)).not.toContain('<details open>');
  expect(page(4).match(/<li><a href="#w\d+">api-\d<\/a>/g)).toHaveLength(4);
  expect(page(1)).not.toContain('<nav');
});

test('shows findings, and the reasons of waivers', () => {
  const waived = withVolume('emptyDir: {}').replace(
    'name: api,',
    'name: api, annotations: {waiver.cdk8s-storage-patterns/empty-dir-size-limit: small and read once},',
  );
  expect(page(1)).toContain('<small class="alarm">warning empty-dir-size-limit: ');
  expect(toHtml(mapYaml(waived))).toContain('<small>empty-dir-size-limit is waived: small and read once</small>');
});
