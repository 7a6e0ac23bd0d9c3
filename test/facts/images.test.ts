import { isWithin } from '../../src/checks/paths';
import { collectorImage } from '../../src/inspect/collectors';
import { databaseServers } from '../../src/inspect/databases';
import { objectsOf } from '../../src/inspect/manifest';
import { podOf } from '../../src/inspect/pods';
import { database, ENGINES, statefulSet } from '../database/fixtures';
import { COLLECTORS, collectorOf, logged } from '../logging/fixtures';
import { synth } from '../synth';

describe.each(ENGINES)('what rules know of the image of %s is what the engine is made of', (_, engine) => {
  const manifest = statefulSet(
    synth(chart => {
      database(chart, { engine });
    }),
  );
  const { container, ...known } = databaseServers(podOf(objectsOf(manifest, { locate: () => undefined })[0])!)[0];

  test('the port', () => {
    expect(manifest.spec.template.spec.containers[0].ports.map(({ containerPort }: any) => containerPort)).toContain(
      known.image.port,
    );
  });

  test('the volume, on which the data is', () => {
    const { path } = container.mounts.find(({ volume }) => volume === 'data')!;
    expect(path).toBe(known.volumePath);
    expect(isWithin(known.dataPath, path)).toBe(true);
  });

  test('what is written beside it', () => {
    for (const written of known.image.writablePaths) {
      expect(container.mounts.map(({ path }) => path.replace(/^\/var\/run\b/, '/run'))).toContain(written);
    }
  });

  test('the time to stop', () => {
    expect(manifest.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      known.image.minimumGraceSeconds,
    );
  });
});

test.each(Object.entries(COLLECTORS))('rules know the image of %s, and its language', (name, { collector }) => {
  const image = collectorImage(collectorOf(logged({ collector })));
  expect(image?.title).toBe(collector._preset.title);
  expect(image?.syntax?.replace('-', '')).toBe(name.toLowerCase());
});
