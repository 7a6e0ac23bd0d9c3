import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

export const root = join(__dirname, '..', '..');
export const OWN_PACKAGE = 'cdk8s-storage-patterns';
export const PACKAGES = ['cdk8s', 'cdk8s-plus-28', OWN_PACKAGE, 'constructs'];

/** Reads the jsii assembly of a package, which contains the names of its types in every language. */
export function assemblyOf(name: string): any {
  const file = join(name === OWN_PACKAGE ? root : join(root, 'node_modules', name), '.jsii');
  const assembly = JSON.parse(readFileSync(file, 'utf8'));
  return assembly.schema === 'jsii/file-redirect'
    ? JSON.parse(gunzipSync(readFileSync(join(file, '..', assembly.filename))).toString())
    : assembly;
}

export const ASSEMBLIES = new Map(PACKAGES.map(name => [name, assemblyOf(name)]));
