import * as fc from 'fast-check';
import { ConfigFile, isStoredAsText } from '../../src/config/config-map';
import { FileGroup, GROUP_BYTES, groupFiles } from '../../src/config/group-files';
import { bytesPastApply } from '../../src/predicates/config-map-size';

const KIBIBYTE = 1024;
const RUNS = { numRuns: 25 };

const bytes = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 * KIBIBYTE }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 300 * KIBIBYTE }) },
  { weight: 1, arbitrary: fc.integer({ min: 230 * KIBIBYTE, max: 250 * KIBIBYTE }) },
);
// plain text, characters that JSON and Go escape, text that kubectl would misread, and bytes
const content = fc
  .tuple(fc.constantFrom('x', '"\n', '<', 'ä', '\tx\n', Buffer.from([0, 255])), bytes)
  .map(([unit, size]) =>
    typeof unit === 'string' ? unit.repeat(size / Buffer.byteLength(unit)) : Buffer.alloc(size, unit),
  );
const path = fc.oneof(
  fc.stringMatching(/^[a-z]{1,4}(?:\/[a-z.]{1,4}x){0,2}$/),
  fc.stringMatching(/^[äöü]{1,3}x$/),
  fc.integer().map(number => `dashboards/${number}.json`),
);
const directory = fc.uniqueArray(fc.record({ path, content }), { selector: file => file.path, maxLength: 60 });

const pathsOf = (groups: readonly FileGroup[]) => groups.flatMap(({ files }) => files.map(file => file.path));

/** The number of groups that another grouping does not contain with the same name and paths. */
function countChanged(groups: readonly FileGroup[], others: readonly FileGroup[]): number {
  const describeGroup = (group: FileGroup) => JSON.stringify([group.id, pathsOf([group])]);
  const existing = new Set(others.map(describeGroup));
  return groups.filter(group => !existing.has(describeGroup(group))).length;
}

test('puts each file into exactly one group, and each group has another name', () => {
  fc.assert(
    fc.property(directory, files => {
      const groups = groupFiles(files);
      expect(pathsOf(groups).sort()).toEqual(files.map(file => file.path).sort());
      expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
    }),
    RUNS,
  );
});

test("'kubectl apply' can store each group of several files, with keys that are longer than the paths", () => {
  fc.assert(
    fc.property(directory, files => {
      for (const { files: grouped } of groupFiles(files)) {
        const data = Object.fromEntries(grouped.map(file => [`${file.path}-0123456789`, valueOf(file)]));
        expect(grouped.length === 1 || bytesPastApply({ data }) === undefined).toBe(true);
      }
    }),
    RUNS,
  );
});

function valueOf({ content: value }: ConfigFile): string {
  return isStoredAsText(value) ? value : Buffer.from(value).toString('base64');
}

test('an added file replaces at most one group, and a removed file leaves at most one new group', () => {
  const changes: number[] = [];
  fc.assert(
    fc.property(directory, fc.record({ path: fc.constant('added'), content }), (files, added) => {
      const [before, after] = [groupFiles(files), groupFiles([...files, added])];
      changes.push(countChanged(before, after));
      expect(changes[changes.length - 1]).toBeLessThanOrEqual(1);
    }),
    RUNS,
  );
  expect(new Set(changes)).toEqual(new Set([0, 1]));
});

test('a file of another size and the same group leaves all other groups as they are', () => {
  const files = Array.from({ length: 100 }, (_, i) => ({ path: `${i}.txt`, content: 'x'.repeat(20_000) }));
  const changed = files.map(file => (file.path === '50.txt' ? { ...file, content: 'y'.repeat(20_100) } : file));
  const groups = groupFiles(files);
  expect(groups.length).toBeGreaterThan(8);
  expect(countChanged(groupFiles(changed), groups)).toBe(0);
});

test('fills groups to more than a half on average', () => {
  for (const count of [240, 300, 400, 500, 800, 1600]) {
    const files = Array.from({ length: count }, (_, i) => ({ path: `${i}.txt`, content: 'x'.repeat(5000) }));
    expect((count * 5000) / groupFiles(files).length).toBeGreaterThan(GROUP_BYTES / 2);
  }
});

test('a file that is too large for a group with others has a group of its own', () => {
  const large = { path: 'large.bin', content: Buffer.alloc(200 * KIBIBYTE) };
  const small = ['a', 'b'].map(name => ({ path: name, content: name }));
  expect(groupFiles([...small, large])).toEqual([
    { id: '1', files: small },
    { id: 'f90714a6312a', files: [large] },
  ]);
});
