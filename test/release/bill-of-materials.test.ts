import { readFileSync } from 'fs';
import { join } from 'path';
import { bundledPackages, bundledPart } from '../../projenrc/bill-of-materials';

const read = (file: string) => JSON.parse(readFileSync(join(__dirname, '..', '..', file), 'utf8'));

test('the package bundles its dependencies, and what they depend on', () => {
  const names = bundledPackages(read('package-lock.json')).map(each => each.slice(0, each.lastIndexOf('@')));
  expect(names).toEqual(expect.arrayContaining(read('package.json').bundledDependencies));
  expect(names).toEqual(expect.arrayContaining(['argparse', 'fast-uri', 'json-schema-traverse']));
  expect(names).not.toContain('cdk8s');
});

const component = (name: string, version: string) => ({ 'bom-ref': `${name}@${version}`, name, version });

const BILL = {
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'library@1.0.0', 'name': 'checkout' } },
  components: [
    component('yaml', '2.0.0'),
    component('@a/b', '1.0.0'),
    component('yaml', '1.0.0'),
    component('c', '1.0.0'),
    component('jest', '30.0.0'),
  ],
  dependencies: [
    { ref: 'library@1.0.0', dependsOn: ['yaml@2.0.0', 'jest@30.0.0'] },
    { ref: 'jest@30.0.0', dependsOn: ['yaml@1.0.0'] },
    { ref: 'yaml@2.0.0', dependsOn: ['@a/b@1.0.0'] },
    { ref: 'c@1.0.0' },
  ],
};
const LOCK = {
  name: 'library',
  packages: {
    '': { bundleDependencies: ['yaml'] },
    'node_modules/yaml': { version: '2.0.0', dependencies: { '@a/b': '^1' } },
    'node_modules/yaml/node_modules/@a/b': { version: '1.0.0', dependencies: { c: '^1' } },
    'node_modules/c': { version: '1.0.0' },
    'node_modules/jest': { version: '30.0.0', dependencies: { yaml: '^1' } },
    'node_modules/jest/node_modules/yaml': { version: '1.0.0' },
  },
};

test('contains the bundled packages and their dependencies only', () => {
  expect(bundledPart(BILL, LOCK)).toEqual({
    bomFormat: 'CycloneDX',
    metadata: { component: { 'bom-ref': 'library@1.0.0', 'name': 'library' } },
    components: [component('yaml', '2.0.0'), component('@a/b', '1.0.0'), component('c', '1.0.0')],
    dependencies: [
      { ref: 'library@1.0.0', dependsOn: ['yaml@2.0.0'] },
      { ref: 'yaml@2.0.0', dependsOn: ['@a/b@1.0.0'] },
      { ref: 'c@1.0.0', dependsOn: [] },
    ],
  });
});

test('is not written without a bundled package', () => {
  const components = BILL.components.slice(1);
  expect(() => bundledPart({ ...BILL, components }, LOCK)).toThrow(
    'The bill of materials lacks the packages yaml@2.0.0.',
  );
});
