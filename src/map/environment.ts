import type { Draft } from './draft';
import { configRollout } from './rollouts';
import type { Inventory } from '../inspect/inventory';
import { at, JsonPath, list, text } from '../inspect/json';
import type { Container, Pod } from '../inspect/pods';

/** The variables of a container that come from one ConfigMap or Secret. */
interface Variables {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly variables: string[];
  readonly anchors: JsonPath[];
}

/** Returns a row for each ConfigMap and Secret that provides variables of a container. */
export function environmentRows(pod: Pod, container: Container, inventory: Inventory): Draft[] {
  return [...variablesByObject(container).values()].map(variables =>
    environmentRow(pod, container, variables, inventory),
  );
}

function variablesByObject(container: Container): ReadonlyMap<string, Variables> {
  const groups = new Map<string, Variables>();
  for (const { kind, name, variable, anchor } of [...bulkVariables(container), ...singleVariables(container)]) {
    const key = `${kind}/${name}`;
    const group = groups.get(key) ?? { kind, name, variables: [], anchors: [] };
    group.variables.push(variable);
    group.anchors.push(anchor);
    groups.set(key, group);
  }
  return groups;
}

interface Variable {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly variable: string;
  readonly anchor: JsonPath;
}

const BULK_SOURCES = [
  ['configMapRef', 'ConfigMap'],
  ['secretRef', 'Secret'],
] as const;

/** Returns the variables of `envFrom`, as `$PREFIX_*`. */
function bulkVariables(container: Container): Variable[] {
  return list(container.content.envFrom).flatMap((source, index) =>
    BULK_SOURCES.flatMap(([key, kind]): Variable[] => {
      const name = text(at(source, key, 'name'));
      const variable = `$${text(at(source, 'prefix')) ?? ''}*`;
      return name === undefined ? [] : [{ kind, name, variable, anchor: [...container.at, 'envFrom', index] }];
    }),
  );
}

/** Returns the variables of `env`. */
function singleVariables({ env }: Container): Variable[] {
  return env.flatMap(({ name, from, at: anchor }): Variable[] =>
    from === undefined || from.kind === 'other'
      ? []
      : [{ kind: from.kind, name: from.name ?? '', variable: `$${name}`, anchor }],
  );
}

function environmentRow(
  pod: Pod,
  container: Container,
  { kind, name, variables, anchors }: Variables,
  inventory: Inventory,
): Draft {
  const object = inventory.find(kind, name, pod.object);
  return {
    row: {
      container: container.name,
      path: summarize(variables),
      environment: true,
      kind: kind === 'ConfigMap' ? 'config-map' : 'secret',
      source: name,
      sharing: 'replicas',
      sharedWith: [],
      lifetime: 'independent',
      writable: false,
      writers: [],
      rollout: configRollout(pod, kind, name, object),
      notes: ['Variables keep the values that they had when the container started.'],
      nestedMounts: [],
    },
    anchors,
    objects: object ? [object] : [],
  };
}

function summarize(variables: readonly string[]): string {
  return variables.length > 2 ? `${variables[0]} and ${variables.length - 1} more` : variables.join(' and ');
}
