import { listed } from '../../checks/message';
import { isWithin } from '../../checks/paths';
import { suggest } from '../../checks/suggest';
import { configKeys, volumeSources, VolumeSource } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import { at, textMap } from '../../inspect/json';
import { isDouble, ManifestObject } from '../../inspect/manifest';
import type { Container, Pod, Volume } from '../../inspect/pods';
import { eachPodAmong, Found, Rule } from '../rule';

export const configKeysExist: Rule<'config-keys-exist'> = {
  id: 'config-keys-exist',
  summary: 'A pod refers to keys that its ConfigMaps and Secrets contain.',
  rationale:
    'A container with a missing key does not start. A missing file that is mounted with `subPath` becomes an empty ' +
    'directory.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
  fix: {
    construct: "Define the files with 'ConfigFiles' and the variables with 'EnvironmentVariables.fromMap'.",
    yaml: "Correct the key, add it to the object, or set 'optional: true'.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const found of missingKeys(pod, inventory)) {
      if (found.about === undefined || !hasVariant(found.about, inventory)) {
        yield found;
      }
    }
  }),
};

function* missingKeys(pod: Pod, inventory: Inventory): Iterable<Found> {
  for (const volume of pod.volumes) {
    const sources = volumeSources(volume);
    for (const source of sources) {
      yield* missingItems(source, contentOf(source, pod, inventory));
    }
    yield* missingSubPaths(pod, volume, sources, inventory);
  }
  for (const container of pod.containers) {
    yield* missingVariables(container, pod, inventory);
  }
}

/** Whether other manifests define the same object, so that the one in the cluster can have other keys. */
function hasVariant(object: ManifestObject, inventory: Inventory): boolean {
  return inventory
    .named(object.kind, object.name)
    .some(candidate => candidate.root === object.root && isDouble(candidate, object));
}

/** Returns the object of a source, if its keys are known: no controller adds keys to it. */
function contentOf(
  { kind, name }: Pick<VolumeSource, 'kind' | 'name'>,
  pod: Pod,
  inventory: Inventory,
): ManifestObject | undefined {
  const object = inventory.find(kind, name, pod.object);
  return object && configKeys(object).length > 0 && !isFilledByController(object) ? object : undefined;
}

/** Matches annotations and labels of controllers that write certificates into an object. */
const INJECTION = /cert-manager|inject-cabundle|inject-trusted-cabundle|serving-cert|replicat|reflector/;

function isFilledByController({ content }: ManifestObject): boolean {
  const metadata = ['annotations', 'labels'].flatMap(field => Object.keys(textMap(at(content, 'metadata', field))));
  return content.type === 'kubernetes.io/service-account-token' || metadata.some(key => INJECTION.test(key));
}

function* missingItems({ isOptional, items = [] }: VolumeSource, object?: ManifestObject): Iterable<Found> {
  for (const { key, at: path } of object && !isOptional ? items : []) {
    if (!configKeys(object!).includes(key)) {
      yield { at: path, message: `A volume lists ${missing(key, object!)}`, about: object };
    }
  }
}

/** Returns the mounts of single files that no source of their volume contains. */
function* missingSubPaths(
  pod: Pod,
  volume: Volume,
  sources: readonly VolumeSource[],
  inventory: Inventory,
): Iterable<Found> {
  const objects = sources.map(source => contentOf(source, pod, inventory));
  const isKnown =
    sources.length > 0 && sources.every(({ items, isOptional }, i) => !isOptional && (items || objects[i]));
  // a projected volume can contain files of other sources, such as a token
  if (!isKnown || volume.type === 'projected') {
    return;
  }
  const files = sources.flatMap(({ items }, i) => items?.map(({ path }) => path) ?? configKeys(objects[i]!));
  for (const { volume: name, subPath, subPathVariables, path, at: mountAt } of pod.containers.flatMap(c => c.mounts)) {
    const isFile = name === volume.name && subPath !== undefined && subPathVariables.length === 0;
    if (isFile && !files.some(file => isWithin(file, subPath))) {
      const { kind, name: objectName } = sources[0];
      yield {
        at: [...mountAt, 'subPath'],
        message:
          `'${path}' is mounted from the file '${subPath}', which ${kind} '${objectName}' does not contain` +
          `${hint(subPath, files)}.`,
        about: objects[0],
      };
    }
  }
}

function* missingVariables({ env, content }: Container, pod: Pod, inventory: Inventory): Iterable<Found> {
  for (const [i, { name: variable, from, at: path }] of env.entries()) {
    if (from && from.kind !== 'other' && from.name !== undefined && from.key !== undefined) {
      const object = contentOf({ kind: from.kind, name: from.name }, pod, inventory);
      const reference = from.kind === 'ConfigMap' ? 'configMapKeyRef' : 'secretKeyRef';
      const isOptional = at(content, 'env', i, 'valueFrom', reference, 'optional') === true;
      if (object && !isOptional && !configKeys(object).includes(from.key)) {
        yield { at: path, message: `Variable '${variable}' refers to ${missing(from.key, object)}`, about: object };
      }
    }
  }
}

function missing(key: string, object: ManifestObject): string {
  return `the key '${key}', which ${object.kind} '${object.name}' does not contain${hint(key, configKeys(object))}.`;
}

/** Returns the most similar names, or all if they are few. */
function hint(name: string, names: readonly string[]): string {
  const similar = suggest(name, names).slice(0, 1);
  const shown = similar.length > 0 ? similar : names.length <= 3 ? names : [];
  return shown.length > 0 ? `; it contains ${listed(shown)}` : '';
}
