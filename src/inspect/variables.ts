import { at, list, text, textMap } from './json';
import { inventoryOf } from './pod-inventory';
import type { Container, Pod } from './pods';

/** A variable of a container, with its value if the manifests contain it. */
export interface KnownVariable {
  readonly name: string;
  readonly value?: string;
}

/**
 * Returns the variables of a container, with the values from ConfigMaps: those of `envFrom` first, which those of `env`
 * override.
 */
export function variablesOf(pod: Pod, { content, env }: Container): KnownVariable[] {
  const dataOf = (name: string | undefined) =>
    textMap(inventoryOf(pod)?.find('ConfigMap', name, pod.object)?.content.data);
  const fromObjects = list(content.envFrom).flatMap(from => {
    const prefix = text(at(from, 'prefix')) ?? '';
    const entries = Object.entries(dataOf(text(at(from, 'configMapRef', 'name'))));
    return entries.map(([key, value]) => ({ name: prefix + key, value }));
  });
  const own = env.map(({ name, value, from }) => ({
    name,
    value: from?.kind === 'ConfigMap' ? dataOf(from.name)[from.key ?? ''] : value,
  }));
  return [...fromObjects, ...own];
}

/** Returns the value of a variable, if the manifests contain it. The last definition counts. */
export function variableValue(variables: readonly KnownVariable[], name: string): string | undefined {
  return [...variables].reverse().find(variable => variable.name === name)?.value;
}
