import { basename, dirname } from 'path';
import { configFiles } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import { eachPodAmong, Rule } from '../rule';

export const initScriptsRun: Rule<'init-scripts-run'> = {
  id: 'init-scripts-run',
  summary: 'Every init script has a file name extension that the image runs.',
  rationale: 'The image skips other files without an error, and the database lacks what they should create.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/postgres/content.md#initialization-scripts',
  fix: {
    construct: "Use 'initScripts' of a 'StatefulDatabase'.",
    yaml: "Rename the file to '*.sh' or '*.sql', or to '*.sh' or '*.js' for MongoDB.",
  },
  safeDefault: { what: 'scripts with other extensions are refused' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const { image, container } of databaseServers(pod)) {
      const { directory, extensions = [] } = image.initScripts ?? {};
      for (const path of configFiles(container, pod, inventory).keys()) {
        const name = basename(path);
        if (dirname(path) === directory && !extensions.some(extension => name.endsWith(extension))) {
          yield {
            at: container.at,
            message: `${image.title} in container '${container.name}' does not run '${name}' at its first start.`,
          };
        }
      }
    }
  }),
};
