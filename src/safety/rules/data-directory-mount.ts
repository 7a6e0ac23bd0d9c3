import { isWithin } from '../../checks/paths';
import { DatabaseServer, lastingMounts } from '../../inspect/databases';
import type { Mount } from '../../inspect/pods';
import { eachDatabase, Rule } from '../rule';

export const dataDirectoryMount: Rule<'data-directory-mount'> = {
  id: 'data-directory-mount',
  summary: 'A claim is mounted where the image keeps its data.',
  rationale:
    "The image's volume hides a claim that is mounted above it, and a claim below it only contains a part of the " +
    'data. The data is lost after a restart, or the server refuses to start.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/952',
  fix: {
    construct: "Use a 'StatefulDatabase', which knows the directories of each major version.",
    yaml:
      "Mount the claim at the image's volume. For postgres, this is '/var/lib/postgresql/data' up to version 17, and " +
      "'/var/lib/postgresql' from version 18.",
  },
  safeDefault: { what: "the mount path of the image's major version" },
  ...eachDatabase(function* (server) {
    const misplaced = misplacedMount(server);
    if (misplaced) {
      const { image, major, dataPath, volumePath } = server;
      const { mount, isHidden } = misplaced;
      const engine = major === undefined ? image.title : `${image.title} ${major}`;
      yield {
        at: [...mount.at, 'mountPath'],
        message:
          `Volume '${mount.volume}' is mounted at '${mount.path}', but ${engine} keeps its data at '${dataPath}'` +
          (isHidden ? `, in the image's volume at '${volumePath}'.` : '.'),
      };
    }
  }),
};

interface MisplacedMount {
  readonly mount: Mount;
  /** Whether the image's volume hides the part of the mount that should contain the data. */
  readonly isHidden: boolean;
}

function misplacedMount({ container, pod, dataPath, volumePath }: DatabaseServer): MisplacedMount | undefined {
  const mounts = lastingMounts(pod, container);
  const dataMount = mounts.find(({ path }) => isWithin(dataPath, path));
  if (dataMount) {
    const isHidden =
      dataMount.path !== volumePath &&
      isWithin(volumePath, dataMount.path) &&
      isWithin(dataPath, volumePath) &&
      !container.mounts.some(({ path }) => path === volumePath);
    return isHidden ? { mount: dataMount, isHidden } : undefined;
  }
  const nearby = mounts.find(({ path }) => isWithin(path, volumePath) || (isWithin(volumePath, path) && path !== '/'));
  return nearby && { mount: nearby, isHidden: false };
}
