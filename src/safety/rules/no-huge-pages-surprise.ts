import type { DatabaseImage } from '../../facts/images/database-image';
import { configFiles } from '../../inspect/config-use';
import { commandLine, databaseServers } from '../../inspect/databases';
import { at, record } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const noHugePagesSurprise: Rule<'no-huge-pages-surprise'> = {
  id: 'no-huge-pages-surprise',
  summary: 'PostgreSQL has a setting for huge pages.',
  rationale:
    'If the node has huge pages that the container cannot use, the server crashes with a bus error as soon as it ' +
    'starts.',
  severity: 'info',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/451',
  fix: {
    construct: "Use a 'StatefulDatabase'.",
    yaml: "Add the argument '-c huge_pages=off', or request 'hugepages-2Mi' in 'resources.limits'.",
  },
  safeDefault: { what: '`huge_pages=off`, unless `hugePages` is set' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const { image, container } of databaseServers(pod)) {
      const files = [...configFiles(container, pod, inventory).values()];
      if (
        image.hugePagesSetting !== undefined &&
        !isConfigured(image, container, files) &&
        !requestsHugePages(container)
      ) {
        yield {
          at: [...container.at, 'args'],
          message: `${image.title} in container '${container.name}' tries huge pages, but does not request any.`,
        };
      }
    }
  }),
};

/** Whether the arguments or a file set the setting. A configuration file that is not in the manifests could set it. */
function isConfigured(
  { hugePagesSetting, configFileSetting }: DatabaseImage,
  container: Container,
  files: readonly string[],
): boolean {
  const command = commandLine(container);
  const hasUnknownFile = files.length === 0 && configFileSetting !== undefined && command.includes(configFileSetting);
  return hasUnknownFile || new RegExp(`${hugePagesSetting}\\s*=\\s*'?(?:off|on)`).test([command, ...files].join('\n'));
}

function requestsHugePages({ content }: Container): boolean {
  return Object.keys(record(at(content, 'resources', 'limits'))).some(resource => resource.startsWith('hugepages-'));
}
