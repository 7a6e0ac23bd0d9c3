import { mountAt } from '../inspect/container-mounts';
import { list } from '../inspect/json';
import type { Server } from '../inspect/servers';

/**
 * Whether a Deployment runs a database as its image is: without variables, arguments, a volume for the data, and so
 * without a password. Its data is meant to be lost, as in a test.
 */
export function isUnconfigured({ image, pod, container, dataPath }: Server): boolean {
  const { command, args, env, content } = container;
  const hasSettings = [command, args, env, list(content.envFrom)].some(({ length }) => length > 0);
  return (
    'clients' in image && pod.object.kind === 'Deployment' && !hasSettings && mountAt(container, dataPath) === undefined
  );
}
