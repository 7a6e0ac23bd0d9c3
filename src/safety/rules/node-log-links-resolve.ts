import { isWithin } from '../../checks/paths';
import { configFiles } from '../../inspect/config-use';
import { mountAt } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import type { Container, Mount, Pod } from '../../inspect/pods';
import { joinPaths, nodePathOf } from '../../predicates/node-paths';
import { eachPodAmong, Rule } from '../rule';

export const nodeLogLinksResolve: Rule<'node-log-links-resolve'> = {
  id: 'node-log-links-resolve',
  summary: "A container that reads '/var/log/containers' of the node also mounts '/var/log/pods'.",
  rationale: "The files in '/var/log/containers' are links to '/var/log/pods'. Without it, none can be opened.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/fluent/fluentd-kubernetes-daemonset/issues/405',
  fix: {
    construct: "Mount the host path '/var/log' read-only at '/var/log'.",
    yaml: "Mount the host path '/var/log' at '/var/log' with 'readOnly: true', or add a mount of '/var/log/pods'.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      const mount = container.mounts.find(candidate => readsLinks(pod, container, candidate, inventory));
      if (mount && !showsNodePath(pod, container, TARGETS)) {
        yield {
          at: mount.at,
          message:
            `Container '${container.name}' reads links to '${TARGETS}' in '${mount.path}', but does not mount ` +
            `'${TARGETS}' of the node at the same path.`,
        };
      }
    }
  }),
};

const LINKS = '/var/log/containers';
const TARGETS = '/var/log/pods';

/** Whether a mount contains the links, and nothing else or the configuration names them. */
function readsLinks(pod: Pod, container: Container, mount: Mount, inventory: Inventory): boolean {
  const directory = nodePathOf(pod, mount);
  if (directory === undefined || !isWithin(LINKS, directory)) {
    return isWithin(directory ?? '/', LINKS);
  }
  const path = joinPaths(mount.path, LINKS.slice(directory === '/' ? 0 : directory.length));
  return (
    directory === LINKS ||
    (mountAt(container, path) === mount &&
      [...configFiles(container, pod, inventory).values(), ...container.args, ...container.command].some(value =>
        value.includes(`${path}/`),
      ))
  );
}

/** Whether a container sees a directory of the node at the path that links name. */
function showsNodePath(pod: Pod, container: Container, path: string): boolean {
  const mount = mountAt(container, path);
  const directory = mount && nodePathOf(pod, mount);
  return (
    mount !== undefined &&
    directory !== undefined &&
    isWithin(path, directory) &&
    joinPaths(mount.path, path.slice(directory === '/' ? 0 : directory.length)) === path
  );
}
