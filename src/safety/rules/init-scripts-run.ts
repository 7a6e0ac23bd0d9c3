import { INIT_DIRECTORY } from '../../facts/images/database-image';
import { configFiles } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import { eachPodAmong, Rule } from '../rule';

export const initScriptsRun: Rule<'init-scripts-run'> = {
  id: 'init-scripts-run',
  summary: 'every script for the first start has a name that the image runs',
  rationale: 'the image passes it over without an error, and the database is without what it should make',
  severity: 'warning',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/postgres/content.md#initialization-scripts',
  fix: {
    construct: "give 'initScripts'",
    yaml: "name it '*.sh' or '*.sql'; MongoDB takes '*.sh' and '*.js'",
  },
  safeDefault: { what: 'scripts of other names are refused' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const { image, container } of databaseServers(pod)) {
      for (const path of configFiles(container, pod, inventory).keys()) {
        const name = path.startsWith(`${INIT_DIRECTORY}/`) ? path.slice(INIT_DIRECTORY.length + 1) : '';
        const isTaken = image.initScripts?.extensions.some(extension => name.endsWith(extension));
        if (/^[^/]+$/.test(name) && image.owner === undefined && !isTaken) {
          yield {
            at: container.at,
            message: `${image.title} in container '${container.name}' does not run '${name}' at its first start`,
          };
        }
      }
    }
  }),
};
