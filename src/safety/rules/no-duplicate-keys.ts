import type { Rule } from '../rule';

export const noDuplicateKeys: Rule<'no-duplicate-keys'> = {
  id: 'no-duplicate-keys',
  summary: 'A mapping has each key once.',
  rationale: 'Kubernetes gets the last value only, so the values before it are lost without an error.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  fix: {
    construct: 'Let cdk8s write the manifest.',
    yaml: 'Remove all but one of the keys, or merge their values.',
  },
  check: ({ objects }) =>
    objects.flatMap(object =>
      (object.repeatedKeys ?? []).map(at => ({
        object,
        at,
        message: `The key '${at[at.length - 1]}' is repeated with another value, and only the last one counts.`,
      })),
    ),
};
