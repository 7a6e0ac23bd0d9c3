import { mountAt } from '../../inspect/container-mounts';
import { isKept } from '../../inspect/servers';
import { misplacedMount } from '../../predicates/misplaced-mount';
import { eachServer, Rule } from '../rule';

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
  ...eachServer(function* (server) {
    const { image, major, role, dataPath } = server;
    const version = major === undefined ? '' : ` ${major}`;
    const engine = `${image.title}${version}${role === undefined ? '' : ` as ${role}`}`;
    const misplaced = misplacedMount(server);
    const lost = isKept(server, dataPath) ? server.directories.filter(({ path }) => !isKept(server, path)) : [];
    if (misplaced) {
      const { mount, hiding } = misplaced;
      yield {
        at: [...mount.at, 'mountPath'],
        message:
          `Volume '${mount.volume}' is mounted at '${mount.path}', but ${engine} keeps its data at '${dataPath}'` +
          (hiding === undefined ? '.' : `, in the image's volume at '${hiding}'.`),
      };
    } else if (lost.length > 0) {
      const mount = mountAt(server.container, dataPath)!;
      yield {
        at: [...mount.at, 'mountPath'],
        message:
          `Volume '${mount.volume}' is mounted at '${mount.path}', but ${engine} also keeps ` +
          `${lost.map(({ path, content }) => `its ${content} at '${path}'`).join(' and ')}.`,
      };
    }
  }),
};
