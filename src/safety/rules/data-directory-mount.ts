import { isWithin } from '../../checks/paths';
import { lastingMounts } from '../../inspect/databases';
import { eachDatabase, Rule } from '../rule';

export const dataDirectoryMount: Rule<'data-directory-mount'> = {
  id: 'data-directory-mount',
  summary: 'a claim is mounted where the image keeps its data',
  rationale:
    "the image's own volume lies over a claim that is mounted above it, and a claim below it holds a part alone: " +
    'the data is gone after a restart, or the server refuses to start',
  severity: 'error',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/952',
  fix: {
    construct: "take a 'StatefulDatabase', which knows the directories of each major version",
    yaml:
      "mount the claim at the image's volume: for postgres '/var/lib/postgresql/data' up to 17, " +
      "'/var/lib/postgresql' from 18",
  },
  safeDefault: { what: "the mount path of the image's major version" },
  ...eachDatabase(function* ({ image, major, container, pod, dataPath, volumePath }) {
    const lasting = lastingMounts(pod, container);
    const holding = lasting.find(({ path }) => isWithin(dataPath, path));
    // the image's volume takes the place of what is mounted above it
    const isShadowed =
      holding &&
      holding.path !== volumePath &&
      isWithin(volumePath, holding.path) &&
      isWithin(dataPath, volumePath) &&
      !container.mounts.some(({ path }) => path === volumePath);
    const wrong = isShadowed
      ? holding
      : holding
        ? undefined
        : lasting.find(({ path }) => isWithin(path, volumePath) || (isWithin(volumePath, path) && path !== '/'));
    if (wrong) {
      const version = major === undefined ? '' : ` ${major}`;
      yield {
        at: [...wrong.at, 'mountPath'],
        message:
          `'${wrong.volume}' is mounted at '${wrong.path}', but ${image.title}${version} keeps its data at ` +
          `'${dataPath}'${isShadowed ? `, in the image's own volume at '${volumePath}'` : ''}`,
      };
    }
  }),
};
