import { readImage } from '../../checks/image';
import { isWithin } from '../../checks/paths';
import { SERVER_IMAGES } from '../../facts/images/servers';
import { collectorImage } from '../../inspect/collectors';
import { databaseServers } from '../../inspect/databases';
import { at } from '../../inspect/json';
import { realPath } from '../../inspect/paths';
import { eachContainer, Rule } from '../rule';

export const writablePathsExist: Rule<'writable-paths-exist'> = {
  id: 'writable-paths-exist',
  summary: 'a container with a read-only root has volumes where its image writes',
  rationale: 'it does not start, or fails at its first write',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  fix: {
    construct: "take a 'StatefulDatabase' or a 'LogCollector' of ours, or give the directories in 'scratch'",
    yaml: "mount an 'emptyDir' with a 'sizeLimit' at each of the directories",
  },
  safeDefault: { what: 'a bounded volume for each directory that the image writes to' },
  ...eachContainer(function* (container, pod) {
    if (at(container.content, 'securityContext', 'readOnlyRootFilesystem') !== true || container.role === 'init') {
      return;
    }
    const writable = container.mounts.filter(({ readOnly }) => !readOnly).map(({ path }) => realPath(path));
    const server = databaseServers(pod).find(other => other.container === container);
    const known =
      server?.image ?? SERVER_IMAGES.find(({ repositories }) => repositories.includes(readImage(container.image).name));
    const missing = (known?.writablePaths ?? []).filter(
      path => !writable.some(mount => isWithin(path, mount) || isWithin(mount, path)),
    );
    if (missing.length > 0) {
      yield {
        at: [...container.at, 'volumeMounts'],
        message:
          `${known!.title} in container '${container.name}' has a read-only root and cannot write to ` +
          `${missing.map(path => `'${path}'`).join(' and ')}`,
      };
    } else if (collectorImage(container)?.syntax === 'vector' && writable.length === 0) {
      yield {
        at: [...container.at, 'volumeMounts'],
        message: `Vector in container '${container.name}' has a read-only root and nowhere to keep its offsets`,
      };
    }
  }),
};
