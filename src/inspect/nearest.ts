import type { ManifestObject } from './manifest';
import { keptByObject } from '../checks/memo';

/**
 * Returns the object in the file nearest to another: the file itself, or the one with the most folders in common. Of
 * several in one file, the last one counts, as for `kubectl apply`.
 *
 * @param objects the candidates; the same array is indexed only once
 */
export function nearest(objects: readonly ManifestObject[], file: string | undefined): ManifestObject | undefined {
  if (objects.length < 2 || file === undefined) {
    return objects[objects.length - 1];
  }
  return indexOf(objects).nearest(file);
}

const indexOf = keptByObject((objects: readonly ManifestObject[]) => new FileIndex(objects));

/** Objects by their files and by the folders around these. */
class FileIndex {
  private readonly byFile = new Map<string, ManifestObject>();
  private readonly byFolder = new Map<string, ManifestObject>();

  constructor(objects: readonly ManifestObject[]) {
    for (const object of objects) {
      const file = object.source.file ?? '';
      this.byFile.set(file, object);
      foldersAround(file).forEach(folder => this.byFolder.set(folder, object));
    }
  }

  public nearest(file: string): ManifestObject | undefined {
    const folder = foldersAround(file).find(candidate => this.byFolder.has(candidate));
    return this.byFile.get(file) ?? this.byFolder.get(folder!);
  }
}

/** Returns the folders around a file, the innermost first, and at last the one around all files. */
function foldersAround(file: string): string[] {
  const names = file.split(/[\\/]/);
  return names.map((_, i) => names.slice(0, names.length - 1 - i).join('/') + (i < names.length - 1 ? '/' : ''));
}
