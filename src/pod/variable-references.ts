import { compareBy } from '../checks/order';
import type { EnvVar } from '../checks/pod-spec';
import { referencesIn } from '../predicates/variable-references';

/**
 * Orders variables so that each comes after those that it refers to, because Kubernetes expands references in order:
 * first those without references, each group by name.
 */
export function orderVariables(variables: readonly EnvVar[]): EnvVar[] {
  const sorted = [...variables].sort(compareBy(({ name }) => name));
  const byName = new Map(sorted.map(variable => [variable.name, variable]));
  const isLiteral = ({ value = '' }: EnvVar) => !value.includes('$(');
  const ordered = new Set(sorted.filter(isLiteral));
  const started = new Set<EnvVar>();
  const place = (variable: EnvVar): void => {
    if (!ordered.has(variable) && !started.has(variable)) {
      started.add(variable);
      for (const name of referencesIn(variable.value ?? '')) {
        const target = byName.get(name);
        if (target) {
          place(target);
        }
      }
      ordered.add(variable);
    }
  };
  sorted.forEach(place);
  return [...ordered];
}
