/**
 * Writes the bill of materials of the npm package in the format CycloneDX: the packages that it bundles.
 *
 * `npm sbom --omit dev` also omits bundled packages that a tool of this repository needs.
 */
import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';

/** The fields of a bill of materials that this program changes. */
export interface BillOfMaterials {
  readonly metadata: { readonly component: { readonly 'bom-ref': string; readonly 'name': string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly 'name': string; readonly 'version': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bundleDependencies?: readonly string[];
}

/** The fields of a lock file that this program reads. */
export interface LockFile {
  readonly name: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Returns the packages that the package of a lock file bundles, with their dependencies, as `name@version`. */
export function bundledPackages({ packages }: LockFile): string[] {
  const bundled = new Map<string, string>();
  const visit = (name: string, parent: string) => {
    const path = pathOf(name, parent, packages);
    if (!bundled.has(path)) {
      bundled.set(path, `${name}@${packages[path].version}`);
      Object.keys(packages[path].dependencies ?? {}).forEach(each => visit(each, path));
    }
  };
  packages[''].bundleDependencies?.forEach(name => visit(name, ''));
  return [...bundled.values()];
}

/** Returns the path of the package that a package in a directory finds, in the nearest `node_modules` above it. */
function pathOf(name: string, directory: string, packages: LockFile['packages']): string {
  const path = `${directory && `${directory}/`}node_modules/${name}`;
  if (packages[path]) {
    return path;
  }
  if (directory === '') {
    throw new Error(`The lock file lacks the package ${name}.`);
  }
  const end = directory.lastIndexOf('node_modules/');
  return pathOf(name, directory.slice(0, end).replace(/\/$/, ''), packages);
}

/** Returns the part of a bill of all packages of a lock file that concerns the bundled ones. */
export function bundledPart<T extends BillOfMaterials>(bill: T, lock: LockFile): T {
  const bundled = new Set(bundledPackages(lock));
  const components = bill.components.filter(({ name, version }) => bundled.has(`${name}@${version}`));
  const missing = [...bundled].filter(each => !components.some(({ name, version }) => each === `${name}@${version}`));
  if (missing.length > 0) {
    throw new Error(`The bill of materials lacks the packages ${missing.join(', ')}.`);
  }
  const { component } = bill.metadata;
  const refs = new Set([component['bom-ref'], ...components.map(each => each['bom-ref'])]);
  return {
    ...bill,
    // npm takes the name of the directory
    metadata: { ...bill.metadata, component: { ...component, name: lock.name } },
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(each => refs.has(each)) })),
  };
}

if (require.main === module) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only'];
  const bill = execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  process.stdout.write(`${JSON.stringify(bundledPart(JSON.parse(bill), lock), undefined, 2)}\n`);
}
