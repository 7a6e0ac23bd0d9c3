import { existsSync } from 'fs';
import { join } from 'path';
import { filesBelow, read, ROOT } from './source-files';

const MAX_LINES = 300;
const MAX_COLUMNS = 120;

/** The programs of the repository. Data, snapshots and Markdown tables can be longer. */
const sources = [
  '.projenrc.ts',
  ...['src', 'test', 'examples', 'projenrc', 'templates'].flatMap(folder =>
    filesBelow(folder, /(?<!\.d)\.(?:ts|mjs|js|go|py|java|rs|sh)$/),
  ),
].filter(file => !file.includes('/node_modules/'));

const lines = (content: string) => content.replace(/\n$/, '').split('\n');

/** Files that are too long to read at once. */
function findLongFiles(contents: Iterable<readonly [file: string, content: string]>): string[] {
  return [...contents].flatMap(([file, content]) => {
    const count = lines(content).length;
    return count > MAX_LINES ? [`${file}: ${count} lines`] : [];
  });
}

/** Lines that are too wide for two files side by side. */
function findLongLines(contents: Iterable<readonly [file: string, content: string]>): string[] {
  return [...contents].flatMap(([file, content]) =>
    lines(content).flatMap((line, i) =>
      line.length > MAX_COLUMNS ? [`${file}:${i + 1}: ${line.length} columns`] : [],
    ),
  );
}

/**
 * The test files in a folder that mirrors one of `src`, without a source of their name.
 *
 * A source is a file or folder of `src`, or a folder of the repository such as `examples`.
 */
function findTestsWithoutSource(tests: readonly string[], exists: (path: string) => boolean): string[] {
  return tests.filter(test => {
    const name = test.replace(/^test\//, '').replace(/\.test\.ts$/, '');
    const [folder] = name.split('/');
    const mirrors = !name.includes('/') || exists(`src/${folder}`);
    return mirrors && ![`src/${name}.ts`, `src/${name}`, name].some(exists);
  });
}

const contents = sources.map(file => [file, read(file)] as const);

test(`no file of src or test has more than ${MAX_LINES} lines`, () => {
  expect(findLongFiles(contents.filter(([file]) => /^(?:src|test)\//.test(file)))).toEqual([]);
});

test(`no line of a program has more than ${MAX_COLUMNS} columns`, () => {
  expect(findLongLines(contents)).toEqual([]);
});

test('a test of a source file has its name', () => {
  const tests = filesBelow('test', /\.test\.ts$/);
  expect(findTestsWithoutSource(tests, path => existsSync(join(ROOT, path)))).toEqual([]);
});

test('finds a file of one line too many, and no shorter one', () => {
  const files: [string, string][] = [
    ['src/a.ts', 'x\n'.repeat(MAX_LINES)],
    ['src/b.ts', 'x\n'.repeat(MAX_LINES + 1)],
  ];
  expect(findLongFiles(files)).toEqual(['src/b.ts: 301 lines']);
});

test('finds a line of one column too many, and no shorter one', () => {
  const content = [MAX_COLUMNS, MAX_COLUMNS + 1].map(columns => 'x'.repeat(columns)).join('\n');
  expect(findLongLines([['src/a.ts', content]])).toEqual(['src/a.ts:2: 121 columns']);
});

test('finds a test without a source, except in a separate suite', () => {
  const tests = [
    'test/a.test.ts',
    'test/b.test.ts',
    'test/pod/c.test.ts',
    'test/pod/d.test.ts',
    'test/cluster/e.test.ts',
  ];
  const sourcesOfTests = new Set(['src/a.ts', 'src/pod', 'src/pod/c.ts']);
  expect(findTestsWithoutSource(tests, path => sourcesOfTests.has(path))).toEqual([
    'test/b.test.ts',
    'test/pod/d.test.ts',
  ]);
});

test('a suite that replaces a function restores it, because suites share a process', () => {
  const forgetful = contents
    .filter(([file]) => file.endsWith('.test.ts') && !existsSync(join(ROOT, file, '..', 'jest.config.json')))
    .filter(([, text]) => /jest\.spyOn\(|\.useFakeTimers\(/.test(text))
    .filter(([, text]) => !/restoreAllMocks|mockRestore|useRealTimers/.test(text))
    .map(([file]) => file);
  expect(forgetful).toEqual([]);
});
