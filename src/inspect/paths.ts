import { isWithin } from '../checks/paths';

/** A path as images have it: `/var/run` is a link to `/run`. */
export function realPath(path: string): string {
  return isWithin(path, '/var/run') ? path.slice('/var'.length) : path;
}
