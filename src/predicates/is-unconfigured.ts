import { serverConfiguration } from '../facts/server-configuration';
import { commandLine } from '../inspect/command-line';
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

/** Arguments that make a server save its data: an append-only file, or intervals of snapshots. */
const PERSISTENCE = /--appendonly[= ]yes\b|--save[= ]["']?\d/;

/** Names of workloads and containers that are a cache. */
const CACHE_NAME = /(?:^|[-_.])cache(?:[-_.]|$)/i;

/**
 * Whether a server that is often a cache, such as Redis, is one: it has no volume for its data, no configuration file
 * and no argument that makes it save the data. Its workload is a Deployment, or has the name of a cache.
 */
export function isUsedAsCache({ image, pod, container, dataPath, isConfigured }: Server): boolean {
  const isNamed = [pod.object.name, container.name].some(name => CACHE_NAME.test(name));
  return (
    serverConfiguration(image.id)?.canBeCache === true &&
    (pod.object.kind === 'Deployment' || isNamed) &&
    !isConfigured &&
    mountAt(container, dataPath) === undefined &&
    !PERSISTENCE.test(commandLine(container))
  );
}
