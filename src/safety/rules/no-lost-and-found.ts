import { readImage } from '../../checks/image';
import { commandLine } from '../../inspect/command-line';
import { volumeOf } from '../../inspect/container-mounts';
import type { Mount, Pod } from '../../inspect/pods';
import type { Server } from '../../inspect/servers';
import { isNetworkVolume } from '../../inspect/volume-life';
import { eachServer, Rule } from '../rule';

export const noLostAndFound: Rule<'no-lost-and-found'> = {
  id: 'no-lost-and-found',
  summary: 'The data of a server is in a directory below the root of its volume.',
  rationale:
    "The root of a new filesystem contains 'lost+found'. The server does not initialize a directory that is not " +
    'empty, or cannot change its mode, and does not start.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/postgres/content.md',
  fix: {
    construct: "Use a 'StatefulDatabase', or set 'subPath' of the mount.",
    yaml: "Set 'PGDATA' to a directory below the mount, or mount the volume with 'subPath'.",
  },
  safeDefault: { what: 'a directory below the root of the volume' },
  ...eachServer(function* (server) {
    const { image, container, pod } = server;
    const mount = container.mounts.find(candidate => isRootOfData(candidate, server));
    if (mount && refusesLostAndFound(server) && !removesLostAndFound(pod)) {
      yield {
        at: mount.at,
        message:
          `${image.title} in container '${container.name}' keeps its data at the root of '${mount.volume}', next to ` +
          "'lost+found'.",
      };
    }
  }),
};

/** The types of volumes that are a separate filesystem. */
const FILESYSTEMS = ['persistentVolumeClaim', 'volumeClaimTemplate', 'ephemeral', 'csi'];

/** Whether a mount shows the root of a new filesystem at a directory with data. */
function isRootOfData(mount: Mount, { pod, directories }: Server): boolean {
  const volume = volumeOf(pod, mount);
  return (
    volume !== undefined &&
    FILESYSTEMS.includes(volume.type) &&
    !isNetworkVolume(volume) &&
    mount.subPath === undefined &&
    directories.some(({ path }) => path === mount.path)
  );
}

function refusesLostAndFound({ image, isNamed, container }: Server): boolean {
  const { tag = '' } = isNamed ? readImage(container.image) : {};
  return image.refusesLostAndFound === true && image.acceptsLostAndFoundIn?.test(tag) !== true;
}

/** Whether a command of the pod mentions the directory, for example an init container that removes it. */
function removesLostAndFound({ containers }: Pod): boolean {
  return containers.some(container => commandLine(container).includes('lost+found'));
}
