import { at, JsonPath } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { matchingSettings, operatorObjects, writtenPath } from '../../inspect/operators';
import type { Rule } from '../rule';

export const operatorRetainsClaims: Rule<'operator-retains-claims'> = {
  id: 'operator-retains-claims',
  summary: 'Claims outlive the custom resource from which an operator created them.',
  rationale: 'An uninstalled release or a pruned manifest deletes the data, without a way back.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/architecture/garbage-collection/',
  fix: {
    construct: 'Remove the setting from the custom resource.',
    yaml: 'Remove the setting, or set it to the value that retains the claims.',
  },
  check: inventory =>
    operatorObjects(inventory).flatMap(({ object, facts: { deletion = [] } }) =>
      deletion.flatMap(setting =>
        matchingSettings(object, setting).map(path => ({ object, at: path, message: describe(object, path) })),
      ),
    ),
};

function describe({ kind, content }: ManifestObject, path: JsonPath): string {
  const value = String(at(content, ...path));
  const event = path[path.length - 1] === 'whenScaled' ? 'scaling down' : 'deleting';
  const setting = path[0] === 'metadata' ? `The finalizer '${value}' is set` : `'${writtenPath(path)}' is '${value}'`;
  return `${setting}, so ${event} the ${kind} deletes its data.`;
}
