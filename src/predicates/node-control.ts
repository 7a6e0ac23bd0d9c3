import { posix } from 'path';
import { NODE_SYSTEM, RUNTIME_DIRECTORIES, RUNTIME_SOCKETS } from '../facts/node-paths';

/** The kind of control that a directory or file of the node gives. */
export type NodeControl = 'runtime' | 'root' | 'system';

/**
 * Returns the kind of control over its node that a process gets with a path of the node; `undefined` if it gets none.
 * System files only give control to a process that can write to them.
 */
export function nodeControl(path: string): NodeControl | undefined {
  const normalized = normalize(path);
  if (RUNTIME_SOCKETS.some(socket => normalized.endsWith(`/${socket}`)) || RUNTIME_DIRECTORIES.includes(normalized)) {
    return 'runtime';
  }
  if (normalized === '/') {
    return 'root';
  }
  return NODE_SYSTEM.includes(normalized) ? 'system' : undefined;
}

/** Returns an absolute path without `.`, `..` and repeated slashes. `/var/run` is a link to `/run` on every node. */
function normalize(path: string): string {
  return posix.resolve('/', path).replace(/^\/var\/run(?=\/|$)/, '/run');
}
