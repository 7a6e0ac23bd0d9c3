import { isReplaced } from '../../predicates/is-replaced';
import { isVersionedName } from '../../predicates/is-versioned-name';
import type { Problem, Rule } from '../rule';

export const immutableNameChanges: Rule<'immutable-name-changes'> = {
  id: 'immutable-name-changes',
  summary: 'The name of an immutable ConfigMap or Secret changes with its content.',
  rationale: 'The API server rejects a change of an immutable object, so the next release fails.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable',
  fix: {
    construct: "Use 'ConfigRollout.immutable()' (the default), which puts a hash into the name.",
    yaml: "End the name with a hash of the content or a version, or remove 'immutable: true'.",
  },
  check: inventory =>
    ['ConfigMap', 'Secret'].flatMap(kind =>
      inventory
        .ofKind(kind)
        .filter(object => object.content.immutable === true && !isVersionedName(object.name) && !isReplaced(object))
        .map((object): Problem => ({
          object,
          at: ['metadata', 'name'],
          message:
            `The name '${object.name}' does not change with the content, so the API server rejects the next change ` +
            `of the ${kind}.`,
        })),
    ),
};
