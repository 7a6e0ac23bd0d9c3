import { collectorImage } from '../../inspect/collectors';
import { at } from '../../inspect/json';
import { securityOf } from '../../inspect/security';
import { eachPod, Rule } from '../rule';

export const collectorReadsTheFiles: Rule<'collector-reads-the-files'> = {
  id: 'collector-reads-the-files',
  summary: 'a log collector may read the files of its app',
  rationale: 'it runs as another user than the one that the files belong to, and ships nothing',
  severity: 'warning',
  documentationUrl: 'https://github.com/fluent/fluent-bit/issues/3056',
  fix: {
    construct: "take a 'LoggedApp', whose collector runs as the app's user",
    yaml: "give both the same 'runAsUser', or an 'fsGroup' in common",
  },
  safeDefault: { what: "the app's user and group for the collector too" },
  ...eachPod(function* (pod) {
    if (at(pod.spec, 'securityContext', 'fsGroup') !== undefined) {
      return;
    }
    for (const container of pod.containers) {
      const user = securityOf(pod, container, 'runAsUser');
      const volumes = new Set(pod.volumes.filter(({ type }) => type === 'emptyDir').map(({ name }) => name));
      const shared = container.mounts.filter(({ volume }) => volumes.has(volume)).map(({ volume }) => volume);
      const writer =
        collectorImage(container) && typeof user === 'number' && user !== 0
          ? pod.containers.find(other => {
              const owner = securityOf(pod, other, 'runAsUser');
              return (
                other !== container &&
                other.role === 'app' &&
                typeof owner === 'number' &&
                owner !== user &&
                other.mounts.some(({ volume, readOnly }) => !readOnly && shared.includes(volume))
              );
            })
          : undefined;
      if (writer) {
        yield {
          at: container.at,
          message:
            `container '${container.name}' runs as user ${String(user)}, but container '${writer.name}' writes ` +
            `the files as ${String(securityOf(pod, writer, 'runAsUser'))}`,
        };
      }
    }
  }),
};
