import { lastingMounts } from '../../inspect/databases';
import { eachDatabase, Rule } from '../rule';

export const noLostAndFound: Rule<'no-lost-and-found'> = {
  id: 'no-lost-and-found',
  summary: "a database's data is in a directory below the root of its volume",
  rationale:
    "a new file system has a 'lost+found' there: the server takes the directory for one with data, or may not " +
    'change its mode, and does not start',
  severity: 'error',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/postgres/content.md',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "set 'PGDATA' to a directory below the mount, or mount with 'subPath'",
  },
  safeDefault: { what: 'a directory below the mount' },
  ...eachDatabase(function* ({ image, container, pod, dataPath }) {
    const mount = lastingMounts(pod, container).find(({ path, subPath }) => path === dataPath && subPath === undefined);
    if (mount && image.wantsEmptyDirectory) {
      yield {
        at: mount.at,
        message: `${image.title} in container '${container.name}' keeps its data at the root of '${mount.volume}'`,
      };
    }
  }),
};
