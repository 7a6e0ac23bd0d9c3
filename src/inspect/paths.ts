import { isWithin } from '../checks/paths';

/** Resolves the link `/var/run` of images to `/run`. */
export function realPath(path: string): string {
  return isWithin(path, '/var/run') ? path.slice('/var'.length) : path;
}
