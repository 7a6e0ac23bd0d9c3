import { FileImport, findCycles, packagesOf, specifiersOf, toEntryImport, toFileImports } from './imports';
import { filesBelow, read } from './source-files';

/** The layers of a folder: each file or folder imports only those that are named before it. */
const LAYERS: Record<string, readonly string[]> = {
  'src': [
    'checks',
    'kubernetes-version.ts',
    'single-pass-app.ts',
    'facts',
    'objects',
    'inspect',
    'predicates',
    'safety',
    'controllers',
    'pod',
    'api-client',
    'pod-extensions',
    'app-workload',
    'config',
    'logging',
    'backup',
    'database',
    'map',
    'cli',
    'index.ts',
  ],
  'src/database': ['engine', 'client', 'server', 'backup'],
  'src/map': ['model.ts', 'words.ts', 'markup', 'picture', 'formats'],
};

const files = filesBelow('src', /\.ts$/);
const specifiers = new Map(files.map(file => [file, specifiersOf(file, read(file))]));
const imports = [...specifiers].flatMap(([file, all]) => toFileImports(file, all, new Set(files)));

/** Imports that do not go to an earlier layer. */
function findUpwardImports(layers: Record<string, readonly string[]>, all: readonly FileImport[]): string[] {
  return all
    .map(toEntryImport)
    .filter(({ folder, fromEntry, toEntry }) => {
      const order = layers[folder] ?? [];
      return order.includes(fromEntry) && order.includes(toEntry) && order.indexOf(fromEntry) < order.indexOf(toEntry);
    })
    .map(({ from, to }) => `${from} -> ${to}`);
}

const entriesOf = (folder: string) => [
  ...new Set(
    files.filter(file => file.startsWith(`${folder}/`)).map(file => file.slice(folder.length + 1).split('/')[0]),
  ),
];

test('no files or folders of a folder import one another in a cycle', () => {
  expect(imports.length).toBeGreaterThan(files.length);
  expect(findCycles(imports)).toEqual([]);
});

test('every import goes to an earlier layer', () => {
  expect(findUpwardImports(LAYERS, imports)).toEqual([]);
});

test('the source imports only packages that users install with the library', () => {
  const { dependencies, peerDependencies } = JSON.parse(read('package.json'));
  // types alone, which jsii leaves out of the declarations
  const installed = ['sarif', ...Object.keys({ ...dependencies, ...peerDependencies })];
  expect([...new Set([...specifiers.values()].flatMap(packagesOf))].sort()).toEqual(installed.sort());
  expect(packagesOf(['fs', 'node:fs/promises', './fs', 'yaml/util', '@types/yaml/util'])).toEqual([
    'yaml',
    '@types/yaml',
  ]);
});

test('the layers name every file and folder of src, and only what exists', () => {
  expect(entriesOf('src').sort()).toEqual([...LAYERS.src].sort());
  for (const [folder, layers] of Object.entries(LAYERS)) {
    expect(entriesOf(folder)).toEqual(expect.arrayContaining([...layers]));
  }
});

test('the table of docs/architecture.md names every file and folder of src, and only what exists', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\|([^|]+)\|/gm)].map(([, cell]) => cell);
  const named = rows.flatMap(cell => [...cell.matchAll(/src\/([\w-]+(?:\.ts)?)/g)].map(([, entry]) => entry));
  // index.ts only exports
  const expected = LAYERS.src.filter(entry => entry !== 'index.ts');
  expect([...new Set(named)].sort()).toEqual([...expected].sort());
});

test('finds a cycle of files, of folders, and of a file with a folder', () => {
  const cycle = (...pairs: [string, string][]) => findCycles(pairs.map(([from, to]) => ({ from, to })));
  expect(cycle(['src/a.ts', 'src/b.ts'], ['src/b.ts', 'src/a.ts'])).toEqual(['src: a.ts -> b.ts -> a.ts']);
  expect(cycle(['src/a/1.ts', 'src/b/1.ts'], ['src/b/2.ts', 'src/a/2.ts'])).toEqual(['src: a -> b -> a']);
  expect(cycle(['src/a/1.ts', 'src/a/b/1.ts'], ['src/a/b/2.ts', 'src/a/1.ts'])).toEqual(['src/a: 1.ts -> b -> 1.ts']);
  expect(cycle(['src/a/1.ts', 'src/b/1.ts'], ['src/b/2.ts', 'src/c.ts'], ['src/a/2.ts', 'src/c.ts'])).toEqual([]);
});

test('finds an import that goes to a later layer', () => {
  const upward = { from: 'src/checks/image.ts', to: 'src/pod/merge.ts' };
  expect(findUpwardImports(LAYERS, [...imports, upward])).toEqual(['src/checks/image.ts -> src/pod/merge.ts']);
});

test.each([
  ['a static import', "import { b } from './b';"],
  ['an import of a type', "import type { B } from './b';"],
  ['a re-export', "export * from './b';"],
  ['a type of an import', "type B = import('./b').B;"],
  ['a dynamic import', "const b = import('./b');"],
  ['a call of require', "const b = require('./b');"],
  ['an assigned require', "import b = require('./b');"],
])('reads %s', (_, statement) => {
  expect(toFileImports('src/a.ts', specifiersOf('src/a.ts', statement), new Set(['src/b.ts']))).toEqual([
    { from: 'src/a.ts', to: 'src/b.ts' },
  ]);
});
