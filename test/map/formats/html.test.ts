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
  expect(page(1)).toContain('<small class="alarm">info empty-dir-size-limit: ');
  expect(toHtml(mapYaml(waived))).toContain('<small>empty-dir-size-limit is waived: small and read once</small>');
});

test('folds the paths that every container has, unless an error concerns them', () => {
  const [own, common] = pathsIn(withVolume('emptyDir: {sizeLimit: 1Gi}'));
  expect(own).toEqual(['/it']);
  expect(common).toEqual(['/', '/', '/dev/shm', '/var/run/secrets/kubernetes.io/serviceaccount']);
  const database = pathsIn(withVolume('emptyDir: {sizeLimit: 1Gi}').replace('acme/app:1', 'redis:8.2.1'));
  expect(database).toEqual([
    ['/data', '/it'],
    ['/', '/', '/dev/shm', '/var/run/secrets/kubernetes.io/serviceaccount'],
  ]);
});

/** Returns the paths in the rows of the table, and those of the folded table. */
function pathsIn(yaml: string): string[][] {
  return toHtml(mapYaml(yaml))
    .split('<details class="common">')
    .map(part => [...part.matchAll(/<tr id[^>]*><th[^>]*><span class="path">([^<]*)</g)].map(([, path]) => path));
}
