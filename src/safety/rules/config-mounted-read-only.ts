import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { eachPod, Rule } from '../rule';

export const configMountedReadOnly: Rule<'config-mounted-read-only'> = {
  id: 'config-mounted-read-only',
  summary: 'Configuration is mounted read-only.',
  rationale:
    'With a writable mount, an app fails at its first write. If the container runtime allows the write, the app ' +
    'changes files that other containers read.',
  severity: 'info',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#configmap',
  fix: {
    construct: "Mount the files with 'ConfigFiles', which mounts them read-only.",
    yaml: "Set 'readOnly: true' in the 'volumeMounts' of the container.",
  },
  safeDefault: { what: '`readOnly: true`' },
  ...eachPod(function* (pod) {
    const types = new Map(
      pod.volumes.filter(({ type }) => CONFIG_VOLUMES.includes(type)).map(({ name, type }) => [name, type]),
    );
    for (const { name, mounts } of pod.containers) {
      for (const mount of mounts) {
        if (!mount.readOnly && types.has(mount.volume)) {
          yield {
            at: mount.at,
            message:
              `Container '${name}' mounts volume '${mount.volume}' (${types.get(mount.volume)}) at '${mount.path}' ` +
              `without 'readOnly: true'.`,
          };
        }
      }
    }
  }),
};
