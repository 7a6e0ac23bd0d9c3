import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { NpmRegistry, VERSION } from './packages';
import { run } from './run';

const root = join(__dirname, '..', '..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

let registry: NpmRegistry;
beforeAll(async () => {
  registry = await NpmRegistry.start();
});
afterAll(() => registry?.stop());

/** Checks an API against the current package as release 0.0.0, and returns the output. */
function check(version: string, assembly: any): string {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...read('package.json'), version }));
  writeFileSync(join(folder, '.jsii'), JSON.stringify({ ...assembly, version }));
  cpSync(join(root, 'lib'), join(folder, 'lib'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const bin = join(root, 'node_modules', '.bin');
  return run(folder, [join(bin, 'tsx'), join(root, 'projenrc', 'release.ts'), 'compat'], {
    npm_config_registry: registry.url,
    PATH: [bin, process.env.PATH].join(delimiter),
  });
}

test('releases an unchanged API as any version', () => {
  expect(VERSION).toBe('0.0.0');
  expect(() => check('0.0.1', read('.jsii'))).not.toThrow();
});

test('rejects a breaking change in a patch version, and accepts it in a minor version before 1.0.0', () => {
  const assembly = read('.jsii');
  assembly.types['cdk8s-storage-patterns.Waiver'].methods.shift();
  expect(() => check('0.0.1', assembly)).toThrow(
    'The API breaks in 0.0.1, which users of 0.0.0 expect only of a new minor version.',
  );
  expect(check('0.1.0', assembly)).toContain(
    'The API breaks, which users of 0.0.0 expect only of a new minor version.',
  );
});
