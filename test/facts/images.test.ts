import { readFileSync } from 'fs';
import { join } from 'path';
import { readImage } from '../../src/checks/image';
import { isWithin } from '../../src/checks/paths';
import { isBitnami } from '../../src/facts/images/bitnami';
import { DATABASE_IMAGES } from '../../src/facts/images/databases';
import { KNOWN_IMAGES } from '../../src/facts/images/known-images';
import { POSTGRESQL_IMAGE } from '../../src/facts/images/postgresql';
import { collectorImage } from '../../src/inspect/collectors';
import { databaseImage, databaseServers, isOfficialRepository } from '../../src/inspect/databases';
import { objectsOf as manifestObjectsOf } from '../../src/inspect/manifest';
import { podOf } from '../../src/inspect/pods';
import { ENGINES, objectsOf, specOf, statefulSet } from '../database/fixtures';
import { COLLECTORS, collectorOf, logged } from '../logging/fixtures';

describe.each(ENGINES)('the facts that rules read from the manifest of %s', (_, engine) => {
  const manifest = statefulSet(objectsOf({ engine }));
  const pod = podOf(manifestObjectsOf(manifest, { locate: () => undefined })[0])!;
  const { container, image, volumePath, dataPath } = databaseServers(pod)[0];
  const { ports } = manifest.spec.template.spec.containers[0];
  const mountPaths = container.mounts.map(({ path }) => path.replace(/^\/var\/run\b/, '/run'));

  test('are those of the image of the engine', () => {
    expect(specOf(engine).image.startsWith(`${image.releases!.repository}:`)).toBe(true);
  });

  test('contain the port', () => {
    expect(ports.map(({ containerPort }: any) => containerPort)).toEqual([image.port]);
  });

  test('contain the mount path of the claim, and a data directory on it', () => {
    expect(container.mounts.find(({ volume }) => volume === 'data')!.path).toBe(volumePath);
    expect(isWithin(dataPath, volumePath)).toBe(true);
  });

  test('contain the directories that the server writes to, each with a volume', () => {
    expect(mountPaths).toEqual(expect.arrayContaining([...image.writablePaths]));
  });

  test('contain a minimum grace period that the engine exceeds', () => {
    const { terminationGracePeriodSeconds } = manifest.spec.template.spec;
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(image.minimumGraceSeconds);
  });

  test('contain a variable that satisfies the image, or a way to protect it', () => {
    const names = container.env.map(({ name }) => name);
    const { requiredVariables, authentication } = image;
    expect(requiredVariables === undefined).toBe(authentication !== undefined);
    expect(requiredVariables?.some(name => names.includes(name)) ?? true).toBe(true);
  });

  test('contain a health command that the liveness probe of the engine does not fail', () => {
    const command = (manifest.spec.template.spec.containers[0].livenessProbe.exec?.command ?? []).join(' ');
    const { healthCommand } = image;
    expect(healthCommand === undefined || healthCommand.toleratesRecovery.test(command)).toBe(true);
  });
});

test.each([
  ['postgres:17.11', 'postgresql', false],
  ['registry.example.com:5000/library/postgres:17.11', 'postgresql', false],
  ['docker.io/timescale/timescaledb:2.17.2-pg16', 'postgresql', false],
  ['docker.io/bitnami/postgresql:17.1.0', 'postgresql', true],
  ['docker.io/bitnamilegacy/mysql:8.4.0', 'mysql', true],
  ['valkey/valkey:8.1.11-trixie', 'valkey', false],
])('%s is an image of %s', (reference, id, isOfBitnami) => {
  const image = databaseImage(reference);
  expect([image?.id, isBitnami(image)]).toEqual([id, isOfBitnami]);
});

test.each(['postgres-exporter:1', 'acme/postgresql:17', 'gcr.io/google_containers/redis:v1', 'redis-commander:1'])(
  '%s is not an image of a database',
  reference => {
    expect(databaseImage(reference)).toBeUndefined();
  },
);

test.each([
  ['postgres:17', true],
  ['docker.io/postgres:17', true],
  ['library/postgres:17', true],
  ['registry.example.com/mirror/library/postgres:17', true],
  ['acme/postgres:17', false],
  ['postgis/postgis:17-3.5', false],
])('whether %s comes from the official repository: %s', (reference, isOfficial) => {
  expect(isOfficialRepository(POSTGRESQL_IMAGE, readImage(reference))).toBe(isOfficial);
});

test('no repository is known twice', () => {
  const names = KNOWN_IMAGES.flatMap(image => [
    ...image.repositories,
    ...(('derivatives' in image && (image.derivatives as string[])) || []),
  ]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test.each(DATABASE_IMAGES.filter(({ releases }) => releases).map(({ id, releases }) => [id, releases!] as const))(
  'the example tag of %s is a release that the library names',
  (_, { exampleTag, majors, users }) => {
    const versions = readFileSync(join(__dirname, '../../src/database/engine/database-version.ts'), 'utf8');
    expect(versions).toContain(`'${exampleTag}'`);
    expect(majors.some(major => exampleTag.startsWith(`${major}.`))).toBe(true);
    expect(Object.keys(users).some(base => exampleTag.includes(`-${base}`))).toBe(true);
  },
);

test.each(Object.entries(COLLECTORS))('rules know the image of %s and its syntax', (name, { collector }) => {
  const image = collectorImage(collectorOf(logged({ collector })));
  expect(image?.title).toBe(collector._preset.title);
  expect(image?.syntax?.replace('-', '')).toBe(name.toLowerCase());
});
