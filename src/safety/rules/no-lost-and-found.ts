import { lastingMounts } from '../../inspect/databases';
import { eachDatabase, Rule } from '../rule';

export const noLostAndFound: Rule<'no-lost-and-found'> = {
  id: 'no-lost-and-found',
  summary: 'The data of a database is in a directory below the root of its volume.',
  rationale:
    "The root of a new filesystem contains 'lost+found'. The server does not initialize a directory that is not " +
    'empty, or cannot change its mode, and does not start.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/postgres/content.md',
  fix: {
    construct: "Use a 'StatefulDatabase'.",
    yaml: "Set 'PGDATA' to a directory below the mount, or mount the volume with 'subPath'.",
  },
  safeDefault: { what: 'a directory below the root of the volume' },
  ...eachDatabase(function* ({ image, container, pod, dataPath }) {
    const mount = lastingMounts(pod, container).find(({ path, subPath }) => path === dataPath && subPath === undefined);
    if (mount && image.requiresEmptyDirectory) {
      yield {
        at: mount.at,
        message: `${image.title} in container '${container.name}' keeps its data at the root of '${mount.volume}'.`,
      };
    }
  }),
};
