import { withoutTrailingSlashes } from '../checks/paths';
import { text } from '../inspect/json';
import type { Mount, Pod } from '../inspect/pods';

/** Returns the path on the node that a mount of a host path shows. */
export function nodePathOf({ volumes }: Pod, { volume, subPath }: Mount): string | undefined {
  const source = volumes.find(({ name, type }) => name === volume && type === 'hostPath')?.source;
  const path = text(source?.path);
  if (path === undefined) {
    return undefined;
  }
  const directory = withoutTrailingSlashes(path);
  return subPath === undefined ? directory : joinPaths(directory, subPath);
}

/** Joins an absolute path and a path below it, which can be empty. */
export function joinPaths(path: string, below: string): string {
  const relative = below.replace(/^\/+/, '');
  return relative === '' ? path : `${path === '/' ? '' : path}/${relative}`;
}
