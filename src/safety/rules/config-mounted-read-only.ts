import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { eachPod, Rule } from '../rule';

export const configMountedReadOnly: Rule<'config-mounted-read-only'> = {
  id: 'config-mounted-read-only',
  summary: 'configuration is mounted read-only',
  rationale:
    'an app that believes it may write there fails at its first write, and a container runtime that lets it ' +
    'changes what others read',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#configmap',
  fix: {
    construct: "mount it with 'ConfigFiles', which is read-only",
    yaml: "set 'readOnly: true' in the 'volumeMounts'",
  },
  safeDefault: { what: '`readOnly: true`' },
  ...eachPod(function* (pod) {
    const sources = new Map(
      pod.volumes.filter(({ type }) => CONFIG_VOLUMES.includes(type)).map(({ name, type }) => [name, type]),
    );
    for (const { name, mounts } of pod.containers) {
      for (const mount of mounts) {
        if (!mount.readOnly && sources.has(mount.volume)) {
          yield {
            at: mount.at,
            message:
              `container '${name}' mounts the ${sources.get(mount.volume)} '${mount.volume}' at '${mount.path}' ` +
              'as if it could write there',
          };
        }
      }
    }
  }),
};
