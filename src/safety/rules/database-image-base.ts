import { readImage } from '../../checks/image';
import { isPinned } from '../../predicates/is-pinned';
import { eachDatabase, Rule } from '../rule';

export const databaseImageBase: Rule<'database-image-base'> = {
  id: 'database-image-base',
  summary: 'the tag of a PostgreSQL image names the base it is built on',
  rationale:
    'its base moves to the next Debian under the tag, and with it how texts are sorted: indexes no longer find ' +
    'their rows',
  severity: 'warning',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/1356',
  fix: {
    construct: "take the image of a 'StatefulDatabase', or name the base in the tag of yours",
    yaml: "name the base in the tag, 'postgres:17.11-trixie', or add a digest",
  },
  safeDefault: { what: 'an image whose tag names release and base' },
  ...eachDatabase(function* ({ container }) {
    const { repository, tag = '', digest } = readImage(container.image);
    if (
      digest === undefined &&
      isPinned(container.image) &&
      /^(?:(?:.+\/)?library\/|docker\.io\/)?postgres$/.test(repository) &&
      /^\d+(?:\.\d+)*(?:(?:alpha|beta|rc)\d+)?$/.test(tag)
    ) {
      yield {
        at: [...container.at, 'image'],
        message:
          `container '${container.name}' has the image '${container.image}', whose tag does not say on which base ` +
          'it is built',
      };
    }
  }),
};
