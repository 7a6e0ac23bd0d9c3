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

describe('package-lock.json', () => {
  const packages = Object.entries<any>(read('package-lock.json').packages).filter(([path]) => path !== '');

  test('records a checksum of each package, and no host of a registry', () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(packages.filter(([, { integrity, inBundle, link }]) => !integrity && !inBundle && !link)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test('contains programs of the installation only of tools, and switches them off', () => {
    const { allowScripts } = read('package.json');
    const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripts.filter(([, { dev }]) => !dev)).toEqual([]);
    expect(scripts.filter(([path]) => allowScripts[path.split('node_modules/').pop()!] !== false)).toEqual([]);
  });

  test('contains licenses that allow to bundle the packages', () => {
    const bundled = bundledPackages(read('package-lock.json')).map(each => each.slice(0, each.lastIndexOf('@')));
    const licenses = packages
      .filter(([path]) => bundled.some(name => path === `node_modules/${name}`))
      .map(([, { license }]) => license);
    expect(licenses.length).toBeGreaterThan(10);
    expect(licenses.filter(license => !/^(?:MIT|ISC|BSD-[23]-Clause|Python-2\.0|0BSD)$/.test(license))).toEqual([]);
  });
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
