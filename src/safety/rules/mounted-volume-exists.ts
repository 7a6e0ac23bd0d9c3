import { listed } from '../../checks/message';
import { suggest } from '../../checks/suggest';
import { at, JsonPath, list, text } from '../../inspect/json';
import { isCustom } from '../../inspect/pod-templates';
import type { Container } from '../../inspect/pods';
import { eachContainer, Rule } from '../rule';

export const mountedVolumeExists: Rule<'mounted-volume-exists'> = {
  id: 'mounted-volume-exists',
  summary: 'A container mounts volumes that its pod defines.',
  rationale: 'The API server rejects a pod whose container mounts a volume that does not exist.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  fix: {
    construct: "Mount a 'PodVolume', which adds the volume to the pod.",
    yaml: "Add the volume to 'volumes' of the pod or to 'volumeClaimTemplates', or correct the name in the mount.",
  },
  ...eachContainer(function* (container, { volumes, object }) {
    // the controller of a custom resource can add volumes
    if (isCustom(object)) {
      return;
    }
    const names = volumes.map(({ name }) => name);
    for (const { volume, path } of container.image === '' ? [] : usesOf(container)) {
      if (!names.includes(volume)) {
        const similar = suggest(volume, names).slice(0, 1);
        yield {
          at: path,
          message:
            `Container '${container.name}' mounts the volume '${volume}', which the pod does not define` +
            `${similar.length > 0 ? `; it defines ${listed(similar)}` : ''}.`,
        };
      }
    }
  }),
};

/** Returns the volumes that a container mounts or uses as block devices. */
function usesOf({ mounts, content, at: containerAt }: Container): { volume: string; path: JsonPath }[] {
  return [
    ...mounts.map(mount => ({ volume: mount.volume, path: mount.at })),
    ...list(content.volumeDevices).map((device, i) => ({
      volume: text(at(device, 'name')) ?? '',
      path: [...containerAt, 'volumeDevices', i],
    })),
  ];
}
