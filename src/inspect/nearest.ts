import type { ManifestObject } from './manifest';

/**
 * Returns the object in the file nearest to another: the file itself, or the one with the most folders in common. Of
 * several in one file, the last one counts, as for `kubectl apply`.
 */
export function nearest(objects: readonly ManifestObject[], file: string | undefined): ManifestObject | undefined {
  if (objects.length < 2 || file === undefined) {
    return objects[objects.length - 1];
  }
  const closeness = objects.map(({ source }) => commonFolders(source.file ?? '', file));
  return objects[closeness.lastIndexOf(Math.max(...closeness))];
}

/** The number of equal folders at the beginning of two paths; infinite for the same path. */
function commonFolders(path: string, other: string): number {
  if (path === other) {
    return Infinity;
  }
  const [folders, otherFolders] = [path, other].map(name => name.split(/[\\/]/).slice(0, -1));
  const different = folders.findIndex((folder, i) => folder !== otherFolders[i]);
  return different < 0 ? folders.length : different;
}
