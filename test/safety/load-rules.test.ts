import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { loadRules } from '../../src/safety/load-rules';
import { audit } from '../../src/safety/run';

const RULES = join(__dirname, 'rules.js');
const directory = mkdtempSync(join(tmpdir(), 'load-rules-'));
afterAll(() => rmSync(directory, { recursive: true }));

function moduleOf(content: string, name = 'rules.js'): string {
  const file = join(directory, name);
  writeFileSync(file, content);
  return file;
}

test('checks manifests against the rules of a module', () => {
  const { objects } = readYaml('apiVersion: v1\nkind: Pod\nspec:\n  volumes:\n    - name: data\n', 'a.yaml');
  const [{ rule, at, message, object }] = audit(new Inventory(objects), { rules: loadRules([RULES]) }).findings;
  expect(rule).toMatchObject({
    id: 'acme-named-volumes',
    summary: 'Volumes are named after their app.',
    rationale: 'Other names collide.',
    fix: { yaml: 'Prefix the name.', construct: 'Prefix the name.' },
  });
  expect([at, message]).toEqual([['spec', 'volumes', 0, 'name'], "Volume 'data' has no prefix."]);
  expect(object.source.locate(at)).toEqual({ file: 'a.yaml', line: 5, column: 7 });
});

test('reads the default export of a module', () => {
  const file = moduleOf(`exports.default = require(${JSON.stringify(RULES)})`, 'default.js');
  expect(loadRules([file]).map(({ id }) => id)).toEqual(['acme-named-volumes']);
});

test.each([
  [
    'is missing',
    () => join(directory, 'gone.js'),
    /gone\.js' cannot be loaded: Cannot find module .*\. Specify a Java/,
  ],
  [
    'throws',
    () => moduleOf("throw new Error('no token')", 'throws.js'),
    /throws\.js' cannot be loaded: no token\. Spec/,
  ],
  [
    'exports no array',
    () => moduleOf('module.exports = { rule: 1 }', 'object.js'),
    /object\.js' does not export an array\. Export the rules with 'module\.exports = \[rule\]'\.$/,
  ],
  [
    'exports an invalid rule',
    () => moduleOf("module.exports = [{ definition: { id: 'A' } }]", 'invalid.js'),
    /invalid\.js': Invalid rule id 'A'\. Use /,
  ],
  ['exports no rule', () => moduleOf('module.exports = [null]', 'null.js'), /null\.js': A rule has no 'definition'/],
])('refuses a module that %s', (_, file, message) => {
  expect(() => loadRules([file()])).toThrow(message);
});

test('refuses two rules with the same id', () => {
  expect(() => loadRules([RULES, RULES])).toThrow("rules.js': Rule 'acme-named-volumes' is added twice.");
});
