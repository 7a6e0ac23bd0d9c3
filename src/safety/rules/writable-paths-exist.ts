import { listed } from '../../checks/message';
import { isWithin } from '../../checks/paths';
import { COLLECTOR_SETTINGS } from '../../facts/images/collectors';
import { collectorImage } from '../../inspect/collectors';
import { runsProgram } from '../../inspect/command-line';
import { at } from '../../inspect/json';
import { imageVolumes, knownImage } from '../../inspect/known-image';
import { realPath } from '../../inspect/paths';
import type { Container, Pod } from '../../inspect/pods';
import { serversOf } from '../../inspect/servers';
import { misplacedMount } from '../../predicates/misplaced-mount';
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
    const hasVolume = (path: string) => writable.some(mount => isWithin(path, mount) || isWithin(mount, path));
    const missing = writtenPaths(container, pod).filter(path => !hasVolume(path));
    const collector = collectorImage(container);
    if (missing.length > 0) {
      yield {
        at: [...container.at, 'volumeMounts'],
        message:
          `Container '${container.name}' runs ${knownImage(container.image)?.title} with a read-only root ` +
          `filesystem, but has no writable volume at ${listed(missing)}.`,
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

/**
 * Returns the paths to which the server of a known image writes, without the writable `VOLUME`s of the image. The rule
 * `data-directory-mount` reports state whose volume is mounted elsewhere.
 */
function writtenPaths(container: Container, pod: Pod): string[] {
  const { programs, writablePaths = [], optionalPaths = [] } = knownImage(container.image) ?? {};
  if (programs !== undefined && !runsProgram(programs, container)) {
    return [];
  }
  const server = serversOf(pod).find(candidate => candidate.container === container && candidate.isKnownImage);
  const writesState =
    server !== undefined &&
    !server.isConfigured &&
    server.configured.keepsNothing === false &&
    misplacedMount(server) === undefined;
  const statePaths = writesState ? server.directories.map(({ path }) => path) : [];
  const volumes = imageVolumes(container);
  return [...statePaths, ...writablePaths].filter(
    path => !optionalPaths.includes(path) && !volumes.some(volume => isWithin(path, volume)),
  );
}
