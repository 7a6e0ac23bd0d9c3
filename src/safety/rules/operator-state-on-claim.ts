import type { OperatorSetting, OperatorState } from '../../facts/operators/operator-kind';
import { at, JsonPath } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { matchingPaths, matchingSettings, missingStorage, operatorObjects, writtenPath } from '../../inspect/operators';
import type { Problem, Rule } from '../rule';

export const operatorStateOnClaim: Rule<'operator-state-on-claim'> = {
  id: 'operator-state-on-claim',
  summary: 'An operator stores the data of its custom resource on claims.',
  rationale: 'Without a claim, every new pod starts without data, for example after an update or a drained node.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
  fix: {
    construct: 'Set the storage fields of the custom resource.',
    yaml: 'Set the storage fields of the custom resource, for example a claim template with a size.',
  },
  check: inventory =>
    operatorObjects(inventory).flatMap(({ object, facts }) =>
      facts.state.flatMap(state =>
        matchingPaths(object.content, state.set).flatMap(set => problemsOf(object, state, set)),
      ),
    ),
};

function problemsOf(object: ManifestObject, state: OperatorState, set: JsonPath): Problem[] {
  const severity = state.isReplaceable ? 'warning' : undefined;
  const ephemeral = (state.ephemeral ?? []).flatMap(setting =>
    matchingSettings(object, setting, set).map((path): Problem => ({
      object,
      at: path,
      message: describeEphemeral(object, setting, path),
      severity,
    })),
  );
  const missing = state.missing === 'deleted' ? missingStorage(object, state, set) : undefined;
  if (ephemeral.length > 0 || missing === undefined) {
    return ephemeral;
  }
  const path = [...set, ...missing];
  return [
    {
      object,
      at: path,
      message: `'${writtenPath(path)}' is missing, so the data of the ${object.kind} is deleted with each pod.`,
      severity,
    },
  ];
}

function describeEphemeral({ kind, content }: ManifestObject, { value }: OperatorSetting, path: JsonPath): string {
  const name = writtenPath(path);
  return value === undefined
    ? `'${name}' stores the data of the ${kind} in a volume that is deleted with each pod.`
    : `'${name}' is '${String(at(content, ...path))}', so the data of the ${kind} is deleted with each pod.`;
}
