import { configFiles } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import { at, record } from '../../inspect/json';
import { eachPodAmong, Rule } from '../rule';

export const noHugePagesSurprise: Rule<'no-huge-pages-surprise'> = {
  id: 'no-huge-pages-surprise',
  summary: 'PostgreSQL is told whether to use huge pages',
  rationale:
    'where the node has huge pages and the container may not use them, the server dies of a bus error as soon as ' +
    'it starts',
  severity: 'warning',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/451',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "give the server the argument '-c huge_pages=off', or ask for 'hugepages-2Mi' in 'resources.limits'",
  },
  safeDefault: { what: '`huge_pages=off`, unless they are asked for' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const { image, container } of databaseServers(pod)) {
      const words = [...container.command, ...container.args];
      const files = [...configFiles(container, pod, inventory).values()];
      const isTold =
        /huge_pages\s*=\s*'?(?:off|on)/.test([...words, ...files].join('\n')) ||
        (words.some(word => word.includes('config_file')) && files.length === 0);
      const asks = Object.keys(record(at(container.content, 'resources', 'limits'))).some(resource =>
        resource.startsWith('hugepages-'),
      );
      if (image.id === 'postgresql' && image.owner === undefined && !isTold && !asks) {
        yield {
          at: [...container.at, 'args'],
          message: `PostgreSQL in container '${container.name}' tries huge pages, and asks for none`,
        };
      }
    }
  }),
};
