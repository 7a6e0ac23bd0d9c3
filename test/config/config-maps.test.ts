import * as fc from 'fast-check';
import { configured, directory, expectRefusal, text } from './fixtures';
import { ConfigFilesProps, ConfigRollout, ConfigSource, ExistingRollout, MountStyle, SecretSource } from '../../src';
import { Inventory } from '../../src/inspect/inventory';
import { objectsOf } from '../../src/inspect/manifest';
import { mapStorage } from '../../src/map/build';
import { configMapBytes } from '../../src/predicates/config-map-size';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { containerOf, kind, podOf } from '../synth';

const KIBIBYTE = 1024;
const NAMES = ['app.conf', 'conf.d/site.conf', 'conf.d_site.conf', 'x/ü.txt', 'x/ö.txt', 'logo.png', 'bin/start'];

let emitWarning: jest.SpyInstance;
beforeEach(() => {
  emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
});
afterEach(() => emitWarning.mockRestore());

const mapsOf = (objects: any[]) => objects.filter(object => object.kind === 'ConfigMap');
const projectedOf = (objects: any[]) => podOf(objects).volumes.find(({ projected }: any) => projected)?.projected;
const inventoryOf = (objects: any[]) =>
  new Inventory(objects.flatMap(object => objectsOf(object, { locate: () => undefined })));

/** The files in a volume as the kubelet writes them: path, mode and bytes. Fails if two sources write one path. */
function mounted(objects: any[]): Record<string, [mode: number, bytes: string]> {
  const volume = podOf(objects).volumes.find(({ configMap, projected }: any) => configMap ?? projected);
  const { defaultMode } = volume.projected ?? volume.configMap;
  const sources = volume.projected?.sources.map(({ configMap }: any) => configMap) ?? [volume.configMap];
  const files: Record<string, [number, string]> = {};
  for (const { name, items } of sources) {
    const { data = {}, binaryData = {} } = mapsOf(objects).find(({ metadata }) => metadata.name === name);
    const keys = [...Object.keys(data), ...Object.keys(binaryData)].map(key => ({ key, path: key }));
    for (const { key, path, mode = defaultMode } of items ?? keys) {
      expect(files[path]).toBeUndefined();
      const bytes = data[key] === undefined ? Buffer.from(binaryData[key], 'base64') : Buffer.from(data[key]);
      files[path] = [mode, bytes.toString('hex')];
    }
  }
  return files;
}

/** Sources of files with these numbers of bytes. */
const sourcesOf = (...sizes: number[]) => sizes.map((size, i) => ConfigSource.text(`${i}.txt`, 'x'.repeat(size)));
const LARGE = sourcesOf(...Array<number>(15).fill(100 * KIBIBYTE));

interface GeneratedFile {
  readonly path: string;
  readonly size: number;
  /** The characters that the content repeats. */
  readonly unit: string;
  readonly mode: number | undefined;
}

const file: fc.Arbitrary<GeneratedFile> = fc.record({
  path: fc.oneof(fc.constantFrom(...NAMES), fc.stringMatching(/^[a-m]{2,3}[n-z]$/)),
  size: fc.oneof(
    fc.integer({ min: 0, max: 40 * KIBIBYTE }),
    fc.integer({ min: 100 * KIBIBYTE, max: 500 * KIBIBYTE }),
    fc.constantFrom(0, 1024 * KIBIBYTE),
  ),
  unit: fc.constantFrom('x', '<\n', '\tx\n', 'ä', '\0'),
  mode: fc.constantFrom(undefined, undefined, 0o555),
});
const files = fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1, maxLength: 20 });

/** A generated file as a source, and as it must be in the volume. */
function writtenFile({ path, size, unit, mode }: GeneratedFile) {
  const content = unit.repeat(size / Buffer.byteLength(unit));
  const bytes = Buffer.from(content);
  const source =
    unit === '\0'
      ? ConfigSource.binary(path, bytes.toString('base64'), { mode })
      : ConfigSource.text(path, content, { mode, checkSyntax: false });
  return { source, expected: [path, [mode ?? 0o444, bytes.toString('hex')]] as const };
}

test('mounts the same files from one ConfigMap or several, each within the limit, in any order of sources', () => {
  const counts = new Set<number>();
  const property = fc.property(files, fc.nat(), (list, rotation) => {
    const written = list.map(writtenFile);
    const sources = written.map(({ source }) => source);
    const objects = configured({ sources });
    counts.add(mapsOf(objects).length);
    expect(mounted(objects)).toEqual(Object.fromEntries(written.map(({ expected }) => expected)));
    mapsOf(objects).forEach(map => expect(configMapBytes(map)).toBeLessThanOrEqual(1024 * KIBIBYTE));
    const start = rotation % list.length;
    const reordered = [...sources.slice(start), ...sources.slice(0, start)].reverse();
    expect(JSON.stringify(configured({ sources: reordered }))).toBe(JSON.stringify(objects));
  });
  fc.assert(property, { numRuns: 12 });
  expect(counts).toContain(1);
  expect(Math.max(...counts)).toBeGreaterThan(6);
});

test('defines one ConfigMap for exactly 1 MiB, and several for one byte more', () => {
  const [first, second] = [512 * KIBIBYTE, 512 * KIBIBYTE];
  const objects = configured({ sources: sourcesOf(first, second) });
  expect(mapsOf(objects).map(({ metadata }) => metadata.name.replace(/[0-9a-f]{10}$/, 'HASH'))).toEqual([
    'test-app-app-config-HASH',
  ]);
  expect(podOf(objects).volumes[0].configMap.name).toBe(mapsOf(objects)[0].metadata.name);
  expect(mapsOf(configured({ sources: sourcesOf(first, second + 1) }))).toHaveLength(2);
});

test('refuses a single file above 1 MiB, and suggests a volume', () => {
  expectRefusal(
    { sources: [text, ConfigSource.text('geo/big.csv', 'x'.repeat(1024 * KIBIBYTE + 1))] },
    "'geo/big.csv' has 1048577 bytes, more than the limit of 1048576 bytes of a ConfigMap. Mount it from a volume " +
      "with 'mount' and 'PodVolume.fromClaimName', or build it into the image.",
  );
});

test('names an immutable ConfigMap by its files, so that a changed file changes one name', () => {
  const root = directory(Object.fromEntries(LARGE.map((_, i) => [`${i}.txt`, 'x'.repeat(100 * KIBIBYTE)])));
  const changed = directory(
    Object.fromEntries(LARGE.map((_, i) => [`${i}.txt`, (i === 7 ? 'y' : 'x').repeat(100 * KIBIBYTE)])),
  );
  const [before, after] = [root, changed].map(path =>
    mapsOf(configured({ sources: [ConfigSource.fromDirectory(path)] })),
  );
  expect(before.every(({ immutable }) => immutable)).toBe(true);
  expect(before[0].metadata.name).toMatch(/^test-app-app-config-\d+-[0-9a-f]{10}$/);
  const names = new Set(before.map(({ metadata }) => metadata.name));
  expect(after.filter(({ metadata }) => !names.has(metadata.name)).map(({ data }) => Object.keys(data))).toEqual([
    expect.arrayContaining(['7.txt']),
  ]);
});

test('projects all ConfigMaps at one path, before existing objects', () => {
  const tls = ConfigSource.fromSecret(SecretSource.fromName('tls'), { rollout: ExistingRollout.reloader() });
  const objects = configured({ sources: [...LARGE, tls] });
  const { defaultMode, sources } = projectedOf(objects);
  expect(sources).toHaveLength(mapsOf(objects).length + 1);
  expect(sources.map((source: any) => (source.configMap ?? source.secret).name)).toEqual([
    ...mapsOf(objects).map(({ metadata }) => metadata.name),
    'tls',
  ]);
  expect(defaultMode).toBe(0o400);
  const items = sources.flatMap(({ configMap }: any) => configMap?.items ?? []);
  expect(items.map(({ path, mode }: any) => [path, mode]).sort()).toEqual(
    LARGE.map((_, i) => [`${i}.txt`, 0o444]).sort(),
  );
  expect(containerOf(objects).volumeMounts.filter(({ name }: any) => name === 'app-config')).toEqual([
    { mountPath: '/app/config', name: 'app-config', readOnly: true },
  ]);
});

test('lists the paths only of ConfigMaps whose keys differ from them', () => {
  const objects = configured({ sources: [...LARGE, ConfigSource.text('deep/file.txt', 'a')] });
  const listed = projectedOf(objects).sources.filter(({ configMap }: any) => configMap.items);
  expect(listed).toHaveLength(1);
  expect(listed[0].configMap.items).toContainEqual({ key: 'deep_file.txt', path: 'deep/file.txt' });
});

test('mounts single files of several ConfigMaps', () => {
  const objects = configured({ mountPath: '/etc/nginx', mountStyle: MountStyle.SUB_PATH, sources: LARGE });
  expect(Object.keys(mounted(objects))).toHaveLength(15);
  const mounts = containerOf(objects).volumeMounts.filter(({ subPath }: any) => subPath);
  expect(mounts).toHaveLength(15);
  expect(mounts).toEqual(
    expect.arrayContaining(
      LARGE.map((_, i) => ({
        mountPath: `/etc/nginx/${i}.txt`,
        name: 'etc-nginx',
        readOnly: true,
        subPath: `${i}.txt`,
      })),
    ),
  );
});

test('the audit has one finding for each single file, which the waiver of its ConfigMap matches', () => {
  const deep = ConfigSource.text('deep/file.txt', 'a');
  const objects = configured({
    mountPath: '/etc/nginx',
    mountStyle: MountStyle.SUB_PATH,
    rollout: ConfigRollout.none('because of this test'),
    sources: [...LARGE, deep],
  });
  const { findings } = audit(inventoryOf(objects), { rules: RULES });
  expect(findings.map(({ rule, reason }) => [rule.id, reason])).toEqual(
    Array(16).fill(['no-sub-path-config', 'because of this test']),
  );
  expect(new Set(findings.map(({ about }) => about?.name))).toEqual(
    new Set(mapsOf(objects).map(({ metadata }) => metadata.name)),
  );
});

test('kubectl apply can store each ConfigMap, except one of a single large file', () => {
  configured({ sources: LARGE });
  expect(emitWarning).not.toHaveBeenCalled();
  configured({ sources: [...LARGE, ConfigSource.text('large.txt', 'x'.repeat(300 * KIBIBYTE))] });
  expect(emitWarning.mock.calls.map(([message]) => message)).toEqual([
    expect.stringContaining("exceeds the 256Ki that 'kubectl apply' can store"),
  ]);
});

const WAIVER = 'waiver.cdk8s-storage-patterns/config-change-rolls-pods';

describe.each<[title: string, rollout: ConfigRollout, rolls: boolean, waiver?: string]>([
  ['immutable', ConfigRollout.immutable(), true],
  ['checksum', ConfigRollout.checksum(), true],
  ['reloader', ConfigRollout.reloader(), true],
  ['live', ConfigRollout.live(), false, 'the app reads its files again'],
  ['none', ConfigRollout.none('because of this test'), false, 'because of this test'],
])('with the rollout %s', (title, rollout, rolls, waiver) => {
  const props: ConfigFilesProps = { rollout, sources: LARGE };

  test('the names of all ConfigMaps are different, and stable unless they are immutable', () => {
    const names = mapsOf(configured(props)).map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(names.length);
    const pattern = title === 'immutable' ? /^test-app-app-config-\d+-[0-9a-f]{10}$/ : /^test-app-app-config-\d+$/;
    names.forEach(name => expect(name).toMatch(pattern));
  });

  test('each ConfigMap has the waiver, and the audit has no other finding', () => {
    const objects = configured(props);
    mapsOf(objects).forEach(({ metadata }) => expect(metadata.annotations?.[WAIVER]).toBe(waiver));
    const { findings } = audit(inventoryOf(objects), { rules: RULES });
    expect(findings.map(({ rule, reason }) => [rule.id, reason])).toEqual(
      waiver ? mapsOf(objects).map(() => ['config-change-rolls-pods', waiver]) : [],
    );
  });

  test('the map shows all ConfigMaps in one row, and whether a change rolls out new pods', () => {
    const objects = configured(props);
    const { workloads } = mapStorage({ objects: inventoryOf(objects).objects, problems: [] });
    const rows = workloads.flatMap(workload => workload.rows.filter(({ volume }) => volume === 'app-config'));
    expect(rows.map(({ source, rollout: { rolls: shown } = {} }) => [source, shown])).toEqual([
      [
        mapsOf(objects)
          .map(({ metadata }) => `ConfigMap ${metadata.name}`)
          .join(', '),
        rolls,
      ],
    ]);
  });
});

test('has one checksum for all files', () => {
  const annotationsOf = (sources: ConfigSource[]) =>
    kind(configured({ rollout: ConfigRollout.checksum(), sources }), 'Deployment').spec.template.metadata.annotations;
  const before = annotationsOf(LARGE);
  expect(before).toEqual({ 'checksum/app-config': expect.stringMatching(/^[0-9a-f]{10}$/) });
  for (const i of LARGE.keys()) {
    const changed = LARGE.map((source, j) => (i === j ? ConfigSource.text(`${i}.txt`, 'changed') : source));
    expect(annotationsOf(changed)).not.toEqual(before);
  }
});

test('Reloader watches all ConfigMaps', () => {
  const objects = configured({ rollout: ConfigRollout.reloader(), sources: LARGE });
  expect(kind(objects, 'Deployment').metadata.annotations).toEqual({
    'configmap.reloader.stakater.com/reload': mapsOf(objects)
      .map(({ metadata }) => metadata.name)
      .sort()
      .join(','),
  });
});
