import { readImage } from '../../checks/image';
import { POSTGRESQL_IMAGE } from '../../facts/images/postgresql';
import { isOfficialRepository } from '../../inspect/databases';
import { isPinned } from '../../predicates/is-pinned';
import { eachDatabase, Rule } from '../rule';

/** A version without a base: `17.11`, `18beta1`. */
const BARE_VERSION = /^\d+(?:\.\d+)*(?:(?:alpha|beta|rc)\d+)?$/;

export const databaseImageBase: Rule<'database-image-base'> = {
  id: 'database-image-base',
  summary: 'The tag of a PostgreSQL image names the base of the image.',
  rationale:
    'Such a tag moves to the next Debian release, which can sort strings differently. Indexes then do not find their ' +
    'rows.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/1356',
  fix: {
    construct: "Use the image of a 'StatefulDatabase', or name the base in the tag of your image.",
    yaml: `Name the base in the tag, for example 'postgres:${POSTGRESQL_IMAGE.releases.exampleTag}', or add a digest.`,
  },
  safeDefault: { what: 'an image whose tag names the patch release and the base' },
  ...eachDatabase(function* ({ image, container }) {
    const reference = readImage(container.image);
    if (
      image.sortsByBase &&
      isOfficialRepository(image, reference) &&
      reference.digest === undefined &&
      isPinned(container.image) &&
      BARE_VERSION.test(reference.tag ?? '')
    ) {
      yield {
        at: [...container.at, 'image'],
        message: `The tag of image '${container.image}' in container '${container.name}' does not name its base.`,
      };
    }
  }),
};
