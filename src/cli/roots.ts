import { basename, dirname, join, normalize } from 'path';
import type { Kustomization } from '../inspect/kustomization';
import { isDouble, ManifestObject } from '../inspect/manifest';
import { podsOf } from '../inspect/pod-templates';

/** The folders of an input with a kustomization or a chart. Their paths are normalized. */
export interface Roots {
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** The folders of charts. */
  readonly charts: ReadonlySet<string>;
}

/** Returns the folder of the nearest kustomization or chart around a file. */
export function rootFolderOf(file: string, { kustomizations, charts }: Roots): string | undefined {
  return foldersAround(file).find(folder => kustomizations.has(folder) || charts.has(folder));
}

/** Returns the folder of the chart whose template a file is. */
export function chartOf(file: string, { charts }: Roots): string | undefined {
  const folders = foldersAround(file);
  return folders.find((folder, i) => charts.has(folder) && i > 0 && basename(folders[i - 1]) === 'templates');
}

/** Returns the files that kustomizations name as patches. */
export function patchFiles({ kustomizations }: Roots): ReadonlySet<string> {
  return new Set(
    [...kustomizations].flatMap(([folder, { patches }]) => patches.map(patch => normalize(join(folder, patch)))),
  );
}

/** Returns the files and folders that kustomizations contain. */
export function containedPaths({ kustomizations }: Roots): ReadonlySet<string> {
  return new Set(
    [...kustomizations].flatMap(([folder, { resources }]) =>
      resources.map(resource => normalizedFolder(join(folder, resource))),
    ),
  );
}

/**
 * Assigns each object to the root whose objects belong together: the kustomizations that contain each other, a chart
 * with its dependencies, or everything else. If everything else contains a workload twice, such as two examples, each
 * of their folders is a separate root.
 */
export function assignRoots(objects: readonly ManifestObject[], roots: Roots): ManifestObject[] {
  const groups = groupFolders(roots);
  const assigned = objects.map(object => {
    const folder = object.source.file === undefined ? undefined : rootFolderOf(object.source.file, roots);
    return folder === undefined ? object : { ...object, root: groups.get(folder) ?? folder };
  });
  const folders = foldersOfDoubles(assigned.filter(({ root }) => root === undefined));
  return assigned.map(object => {
    const folder = folderOf(object);
    return object.root === undefined && folder !== undefined && folders.has(folder)
      ? { ...object, root: folder }
      : object;
  });
}

/** Returns the first folder of each group of kustomizations and charts that belong together. */
function groupFolders({ kustomizations, charts }: Roots): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  const top = (folder: string): string => {
    const parent = parents.get(folder);
    return parent === undefined ? folder : top(parent);
  };
  const unite = (first: string, second: string) => {
    const [firstTop, secondTop] = [top(first), top(second)];
    if (firstTop !== secondTop) {
      parents.set(secondTop, firstTop);
    }
  };
  for (const [folder, { resources }] of kustomizations) {
    resources
      .map(resource => normalizedFolder(join(folder, resource)))
      .filter(resource => kustomizations.has(resource))
      .forEach(resource => unite(folder, resource));
  }
  for (const chart of charts) {
    const parent = dirname(dirname(chart));
    if (basename(dirname(chart)) === 'charts' && charts.has(parent)) {
      unite(parent, chart);
    }
  }
  return new Map([...kustomizations.keys(), ...charts].map(folder => [folder, top(folder)]));
}

/** Returns the folders with a workload that another folder contains too. */
function foldersOfDoubles(objects: readonly ManifestObject[]): ReadonlySet<string> {
  const folders = new Set<string>();
  const firsts = new Map<string, ManifestObject>();
  for (const object of objects) {
    const folder = folderOf(object);
    if (folder === undefined) {
      continue;
    }
    const key = [object.kind, object.namespace, object.name].join('\n');
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, object);
    } else if (folderOf(first) !== folder && isDouble(first, object) && podsOf(object).length > 0) {
      folders.add(folderOf(first)!).add(folder);
    }
  }
  return folders;
}

function folderOf({ source: { file } }: ManifestObject): string | undefined {
  return file === undefined ? undefined : dirname(normalize(file));
}

function normalizedFolder(path: string): string {
  return normalize(path).replace(/(?<=.)[\\/]$/, '');
}

/** Returns the folders around a file, the nearest one first. */
function foldersAround(file: string): string[] {
  const folders = [dirname(normalize(file))];
  for (;;) {
    const folder = folders[folders.length - 1];
    const parent = dirname(folder);
    if (parent === folder || basename(folder) === '..') {
      return folders;
    }
    folders.push(parent);
  }
}
