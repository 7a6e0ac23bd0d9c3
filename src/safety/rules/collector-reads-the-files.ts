import { collectorImage } from '../../inspect/collectors';
import { at } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { userOf } from '../../inspect/security';
import { eachPod, Rule } from '../rule';

export const collectorReadsTheFiles: Rule<'collector-reads-the-files'> = {
  id: 'collector-reads-the-files',
  summary: 'A log collector has permission to read the files of its app.',
  rationale: 'A collector that runs as a different user than the owner of the files ships nothing.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/fluent/fluent-bit/issues/3056',
  fix: {
    construct: "Use 'LoggedApp', whose collector runs as the user of the app.",
    yaml: "Set the same 'runAsUser' for both containers, or an 'fsGroup' for the pod.",
  },
  safeDefault: { what: 'the user and group of the app for the collector too' },
  ...eachPod(function* (pod) {
    if (at(pod.spec, 'securityContext', 'fsGroup') !== undefined) {
      return;
    }
    for (const container of pod.containers) {
      const user = collectorImage(container) && userOf(pod, container);
      const writer = user ? writerAsAnotherUser(pod, container, user) : undefined;
      if (writer) {
        yield {
          at: container.at,
          message:
            `Container '${container.name}' runs as user ${user}, but container '${writer.name}' writes the files as ` +
            `user ${userOf(pod, writer)}.`,
        };
      }
    }
  }),
};

/** Returns an app container that runs as another user and writes to an `emptyDir` of the collector. */
function writerAsAnotherUser(pod: Pod, collector: Container, user: number): Container | undefined {
  const emptyDirs = new Set(pod.volumes.filter(({ type }) => type === 'emptyDir').map(({ name }) => name));
  const mounted = new Set(collector.mounts.map(({ volume }) => volume).filter(volume => emptyDirs.has(volume)));
  return pod.containers.find(container => {
    const owner = userOf(pod, container);
    return (
      container !== collector &&
      container.role === 'app' &&
      owner !== undefined &&
      owner !== user &&
      container.mounts.some(({ volume, readOnly }) => !readOnly && mounted.has(volume))
    );
  });
}
