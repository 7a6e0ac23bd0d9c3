import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { eachPod, Rule } from '../rule';

export const configMountedReadOnly: Rule<'config-mounted-read-only'> = {
  id: 'config-mounted-read-only',
  summary: 'Configuration is mounted read-only.',
  rationale:
    'The kubelet mounts these files read-only in any case, so an app that relies on the manifest fails at its first ' +
    'write.',
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
    const writable = pod.containers.flatMap(({ name, mounts }) =>
      mounts
        .filter(({ readOnly, volume }) => !readOnly && types.has(volume))
        .map(mount => ({ ...mount, container: name })),
    );
    const [first, ...others] = writable;
    if (first) {
      const { container, volume, path, at } = first;
      const noun = others.length === 1 ? 'mount' : 'mounts';
      const rest = others.length === 0 ? '' : `, and the pod has ${others.length} other such ${noun}`;
      yield {
        at,
        message:
          `Container '${container}' mounts volume '${volume}' (${types.get(volume)}) at '${path}' without ` +
          `'readOnly: true'${rest}.`,
      };
    }
  }),
};
