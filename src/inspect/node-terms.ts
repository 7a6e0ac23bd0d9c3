import { at, list, record, text, textMap, texts } from './json';
import { ownValue } from '../checks/own-value';

/** Requirements on the labels of a node that apply together. */
export type NodeTerm = readonly NodeRequirement[];

export interface NodeRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The label that contains the name of a node on nearly all clusters. */
export const HOST_NAME = 'kubernetes.io/hostname';

/** Older names of labels. */
const RENAMED: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};

/** Returns the alternatives of a node selector of a PersistentVolume or a node affinity. */
export function selectorTerms(selector: unknown): NodeTerm[] {
  return list(at(selector, 'nodeSelectorTerms')).map(term => [
    ...list(at(term, 'matchExpressions')).map(requirementOf),
    ...list(at(term, 'matchFields'))
      .map(requirementOf)
      .map(requirement => (requirement.key === 'metadata.name' ? { ...requirement, key: HOST_NAME } : requirement)),
  ]);
}

/** Returns the alternatives of the topologies of a StorageClass. */
export function topologyTerms(topologies: unknown): NodeTerm[] {
  return list(topologies).map(topology =>
    list(at(topology, 'matchLabelExpressions')).map(expression => ({
      ...requirementOf(expression),
      operator: 'In',
    })),
  );
}

/** Returns the alternatives of the nodes on which a pod can run. */
export function termsOfPod(spec: unknown): NodeTerm[] {
  const nodeName = text(at(spec, 'nodeName'));
  const labels = Object.entries(textMap(at(spec, 'nodeSelector'))).map(([key, value]) =>
    requirementOf({ key, operator: 'In', values: [value] }),
  );
  const required: NodeTerm = [
    ...labels,
    ...(nodeName === undefined ? [] : [{ key: HOST_NAME, operator: 'In', values: [nodeName] }]),
  ];
  const affinity = selectorTerms(
    at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'),
  );
  return affinity.length === 0 ? [required] : affinity.map(term => [...required, ...term]);
}

/** Returns the combinations of two lists of alternatives that a node can satisfy. */
export function commonTerms(a: readonly NodeTerm[], b: readonly NodeTerm[]): NodeTerm[] {
  return a.flatMap(left => b.map(right => [...left, ...right])).filter(isSatisfiable);
}

function requirementOf(expression: unknown): NodeRequirement {
  const { key, operator, values } = record(expression);
  const label = text(key) ?? '';
  return { key: ownValue(RENAMED, label) ?? label, operator: text(operator) ?? '', values: texts(values) };
}

/** Whether a node can satisfy all requirements: for each label, a value remains. */
function isSatisfiable(term: NodeTerm): boolean {
  return [...new Set(term.map(({ key }) => key))].every(key => {
    const requirements = term.filter(requirement => requirement.key === key);
    const listsOf = (operator: string) => requirements.filter(r => r.operator === operator).map(({ values }) => values);
    const [allowed, ...more] = listsOf('In');
    if (allowed === undefined) {
      return true;
    }
    const refused = listsOf('NotIn').flat();
    return (
      listsOf('DoesNotExist').length === 0 &&
      allowed.some(value => more.every(values => values.includes(value)) && !refused.includes(value))
    );
  });
}
