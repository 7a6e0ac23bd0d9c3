import { readImage } from '../../checks/image';
import { listed } from '../../checks/message';
import { isWithin } from '../../checks/paths';
import { COLLECTOR_SETTINGS } from '../../facts/images/collectors';
import { SERVER_IMAGES, ServerImage } from '../../facts/images/servers';
import { collectorImage } from '../../inspect/collectors';
import { databaseServers } from '../../inspect/databases';
import { at } from '../../inspect/json';
import { realPath } from '../../inspect/paths';
import type { Container, Pod } from '../../inspect/pods';
import { eachContainer, Rule } from '../rule';

export const writablePathsExist: Rule<'writable-paths-exist'> = {
  id: 'writable-paths-exist',
  summary: 'A container with a read-only root filesystem has a volume at each path to which its image writes.',
  rationale: 'Without the volume the container does not start, or fails at its first write.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  fix: {
    construct: "Use 'StatefulDatabase' or 'LogCollector', or add the paths to 'writableDirectories'.",
    yaml: "Mount an 'emptyDir' with a 'sizeLimit' at each of the paths.",
  },
  safeDefault: { what: 'a bounded volume at each path to which the image writes' },
  ...eachContainer(function* (container, pod) {
    if (at(container.content, 'securityContext', 'readOnlyRootFilesystem') !== true || container.role === 'init') {
      return;
    }
    const writable = container.mounts.filter(({ readOnly }) => !readOnly).map(({ path }) => realPath(path));
    const server = serverImage(container, pod);
    const missing = (server?.writablePaths ?? []).filter(
      path => !writable.some(mount => isWithin(path, mount) || isWithin(mount, path)),
    );
    const collector = collectorImage(container);
    if (server && missing.length > 0) {
      yield {
        at: [...container.at, 'volumeMounts'],
        message:
          `Container '${container.name}' runs ${server.title} with a read-only root filesystem, but has no writable ` +
          `volume at ${listed(missing)}.`,
      };
    } else if (collector?.syntax && COLLECTOR_SETTINGS[collector.syntax].alwaysWrites && writable.length === 0) {
      yield {
        at: [...container.at, 'volumeMounts'],
        message:
          `Container '${container.name}' runs ${collector.title} with a read-only root filesystem, but has no ` +
          'writable volume for its offsets.',
      };
    }
  }),
};

/** Returns the facts of a database or another server. */
function serverImage(container: Container, pod: Pod): ServerImage | undefined {
  const { name } = readImage(container.image);
  const database = databaseServers(pod).find(server => server.container === container);
  return database?.image ?? SERVER_IMAGES.find(({ repositories }) => repositories.includes(name));
}
