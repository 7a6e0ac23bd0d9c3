import { execFileSync } from 'child_process';
import { join } from 'path';
import { exportedNames, withLazyImports } from '../../projenrc/lazy-imports';
import * as patterns from '../../src';

const ROOT = join(__dirname, '..', '..');
const none = () => [];

/** Runs a module whose imports are lazy, and returns its exports and the modules that it has loaded. */
function load(code: string, modules: Record<string, object>, names: (module: string) => readonly string[] = none) {
  const loaded: string[] = [];
  const module = { exports: {} as Record<string, any> };
  const require = (name: string) => {
    loaded.push(name);
    return modules[name];
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- runs the rewritten code
  new Function('module', 'exports', 'require', withLazyImports(code, names))(module, module.exports, require);
  return { exports: module.exports, loaded };
}

test('loads an imported module at the first use, once', () => {
  const { exports, loaded } = load(
    'const a_1 = require("./a");\nconst b_1 = require("./b");\n' +
      'exports.sum = () => (0, a_1.one)() + a_1.TWO + a_1.list[0];\nexports.other = () => b_1;',
    { './a': { one: () => 1, TWO: 2, list: [3] } },
  );
  expect(loaded).toEqual([]);
  expect([exports.sum(), exports.sum()]).toEqual([6, 6]);
  expect(loaded).toEqual(['./a']);
});

test('creates and extends imported classes', () => {
  class Base {
    constructor(public readonly value: number) {}
  }
  const { exports, loaded } = load(
    'const a_1 = require("./a");\nclass Derived extends a_1.Base {}\nexports.Derived = Derived;\n' +
      'exports.create = value => new a_1.inner.Base(value);\nexports.list = () => [...a_1.list, ...[a_1.list]];',
    { './a': { Base, inner: { Base }, list: [1] } },
  );
  expect(loaded).toEqual(['./a']);
  expect(new exports.Derived(5)).toBeInstanceOf(Base);
  expect(exports.create(7)).toEqual(new Base(7));
  expect(exports.list()).toEqual([1, [1]]);
});

test('re-exports a module by the names that it has', () => {
  const { exports, loaded } = load('__exportStar(require("./a"), exports);', { './a': { A: 1, B: 2 } }, () => [
    'A',
    'B',
  ]);
  expect(Object.keys(exports)).toEqual(['A', 'B']);
  expect(loaded).toEqual([]);
  expect(exports.B).toBe(2);
});

test('re-exports a module of types, which has no names', () => {
  const code = '__exportStar(require("./types"), exports);\n__exportStar(require("./a"), exports);';
  const { exports } = load(code, { './a': { A: 1 } }, module => (module === './a' ? ['A'] : []));
  expect(exports.A).toBe(1);
});

test('keeps strings, comments, properties, and variables of the same name', () => {
  const code =
    'const a_1 = require("./a");\n// a_1.b\nexports.text = "a_1.b" + `a_1.b`;\nexports.own = { a_1: 1 }.a_1;';
  const { exports, loaded } = load(code, {});
  expect(exports).toEqual({ text: 'a_1.ba_1.b', own: 1 });
  expect(loaded).toEqual([]);
});

test('keeps every line where it is', () => {
  const code = 'const a_1 = require("./a");\n\nexports.b = () => {\n  throw new a_1.B();\n};\n';
  expect(withLazyImports(code, none).split('\n')).toHaveLength(code.split('\n').length);
});

test('finds each exported name', () => {
  const code =
    'Object.defineProperty(exports, "__esModule", { value: true });\nexports.A = exports.B = void 0;\n' +
    'Object.defineProperty(exports, "C", { enumerable: true, get: function () { return c_1.C; } });\n' +
    '__exportStar(require("./d"), exports);\nexports.A = class A {};';
  expect(exportedNames(code, () => ['D']).sort()).toEqual(['A', 'B', 'C', 'D']);
});

describe('the compiled library', () => {
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

  test('exports the same names as its sources, and loads one file for them', () => {
    const program =
      "const names = Object.keys(require('./lib')); " +
      "const files = Object.keys(require.cache).filter(file => !file.endsWith('[eval]')).length; " +
      'console.log(JSON.stringify({ names, files }))';
    const { names, files } = JSON.parse(run('-e', program));
    expect(names.sort()).toEqual(Object.keys(patterns).sort());
    expect(files).toBe(1);
  });

  test('has named exports for ECMAScript modules', () => {
    const program =
      "import { ConfiguredApp, Waiver } from './lib/index.js'; console.log(ConfiguredApp.name, Waiver.name)";
    expect(run('--input-type=module', '-e', program)).toBe('ConfiguredApp Waiver\n');
  });
});
