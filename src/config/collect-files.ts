import type { Construct } from 'constructs';
import type { ConfigFile } from './config-map';
import type { Rollout } from './config-rollout';
import type { ConfigSource } from './config-source';
import type { ExistingObject } from './config-source-options';
import { fail } from '../checks/fail';

/** The files of several sources, and the existing objects among the sources. */
export interface CollectedFiles {
  readonly files: ConfigFile[];
  readonly objects: ExistingObject[];
}

/** Resolves sources into the files of one directory; refuses conflicting paths. */
export function collectFiles(scope: Construct, sources: readonly ConfigSource[]): CollectedFiles {
  const paths = new Paths(scope);
  const files: ConfigFile[] = [];
  const objects: ExistingObject[] = [];
  for (const source of sources) {
    const resolved = source._resolve(scope);
    const added = 'files' in resolved ? resolved.files : (resolved.existing.items ?? []);
    added.forEach(({ path }) => paths.add(path, resolved.origin));
    if ('files' in resolved) {
      resolved.files.forEach(file => files.push(file));
    } else {
      objects.push(resolved.existing);
    }
  }
  if (files.length + objects.length === 0) {
    fail(scope, "'sources' has no files.", 'Add a source with at least one file.');
  }
  return { files, objects };
}

/** Refuses files that cannot be mounted with `subPath`, because their names or changes are not known. */
export function checkSingleFiles(scope: Construct, rollout: Rollout, objects: readonly ExistingObject[]): void {
  if ([rollout, ...objects.map(object => object.rollout)].some(({ _strategy }) => _strategy === 'live')) {
    fail(
      scope,
      "'MountStyle.SUB_PATH' does not support 'ConfigRollout.live()', because running containers never see a change.",
      "Use 'MountStyle.DIRECTORY', or a rollout that replaces the pods.",
    );
  }
  const unlisted = objects.find(({ items }) => !items);
  if (unlisted) {
    fail(
      scope,
      `${unlisted.kind === 'secret' ? 'Secret' : 'ConfigMap'} '${unlisted.name}' is mounted with ` +
        `'MountStyle.SUB_PATH', ` +
        "but without 'items'.",
      "List the files in 'items', each with 'key' and 'path'.",
    );
  }
}

/** The paths of files with the sources that define them, and the directories that contain them. */
class Paths {
  private readonly origins = new Map<string, string>();
  /** The first file in each directory. */
  private readonly directories = new Map<string, string>();

  constructor(private readonly scope: Construct) {}

  /** Adds a path; refuses one that is also a directory, and one that another source defines. */
  public add(path: string, origin: string): void {
    const parents = parentsOf(path);
    const conflict = [path, ...parents].find(name => this.origins.has(name)) ?? this.directories.get(path);
    if (conflict !== undefined) {
      this.refuse(path, origin, conflict, this.origins.get(conflict)!);
    }
    this.origins.set(path, origin);
    parents.filter(parent => !this.directories.has(parent)).forEach(parent => this.directories.set(parent, path));
  }

  private refuse(path: string, origin: string, existingPath: string, existingOrigin: string): never {
    fail(
      this.scope,
      existingPath === path
        ? `${existingOrigin} and ${origin} define the same file '${path}'.`
        : `${existingOrigin} defines '${existingPath}' and ${origin} defines '${path}', but a path cannot be both a ` +
            'file and a directory.',
      'Use another path for one of them.',
    );
  }
}

/** Returns the directories that contain a path: `a/b` and `a` for `a/b/c`. */
function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, parts.length - 1 - i).join('/'));
}
