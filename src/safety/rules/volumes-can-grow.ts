import { EXPANDABLE_PROVISIONERS } from '../../facts/provisioners';
import { text } from '../../inspect/json';
import { serverUse } from '../../predicates/class-use';
import type { Problem, Rule } from '../rule';

export const volumesCanGrow: Rule<'volumes-can-grow'> = {
  id: 'volumes-can-grow',
  summary: 'The volumes of servers with state can grow.',
  rationale:
    "Without 'allowVolumeExpansion', the API server rejects a larger size of a claim, and a server with a full " +
    'volume stops.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#allow-volume-expansion',
  fix: {
    construct: "Define the StorageClass with 'allowVolumeExpansion: true'.",
    yaml: "Set 'allowVolumeExpansion: true'.",
  },
  check: inventory =>
    inventory
      .ofKind('StorageClass')
      .filter(
        ({ content }) =>
          content.allowVolumeExpansion !== true && EXPANDABLE_PROVISIONERS.includes(text(content.provisioner) ?? ''),
      )
      .map((object): Problem => {
        const use = serverUse(object, inventory);
        return {
          object,
          at: ['allowVolumeExpansion'],
          message:
            use === undefined
              ? `The volumes of the class '${object.name}' cannot grow.`
              : `The class '${object.name}' ${use}, but its volumes cannot grow.`,
          severity: use === undefined ? 'info' : undefined,
        };
      }),
};
