import type { Construct } from 'constructs';
import type { ConfigFile } from './config-map';
import type { Rollout } from './config-rollout';
import type { ConfigSource } from './config-source';
import type { ExistingObject } from './config-source-options';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/paths';

/** The files of several sources, and the existing objects among the sources. */
export interface CollectedFiles {
  readonly files: ConfigFile[];
  readonly objects: ExistingObject[];
}

/** Resolves sources into the files of one directory; refuses conflicting paths. */
export function collectFiles(scope: Construct, sources: readonly ConfigSource[]): CollectedFiles {
  const origins = new Map<string, string>();
  const files: ConfigFile[] = [];
  const objects: ExistingObject[] = [];
  for (const source of sources) {
    const resolved = source._resolve(scope);
    const added = 'files' in resolved ? resolved.files : (resolved.existing.items ?? []);
    added.forEach(({ path }) => addPath(scope, origins, path, resolved.origin));
    if ('files' in resolved) {
      files.push(...resolved.files);
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

function addPath(scope: Construct, origins: Map<string, string>, path: string, origin: string): void {
  const conflict = [...origins].find(([existing]) => isWithin(existing, path) || isWithin(path, existing));
  if (conflict) {
    const [existingPath, existingOrigin] = conflict;
    fail(
      scope,
      existingPath === path
        ? `${existingOrigin} and ${origin} define the same file '${path}'.`
        : `${existingOrigin} defines '${existingPath}' and ${origin} defines '${path}', but a path cannot be both a ` +
            'file and a directory.',
      'Use another path for one of them.',
    );
  }
  origins.set(path, origin);
}
