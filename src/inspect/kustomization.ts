import { at, list, record, text, texts } from './json';
import { apiGroupOf, ManifestObject } from './manifest';
import { readValue } from './read-yaml';

/** The names of the files that kustomize reads in a folder. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const CONFIG_GROUP = 'kustomize.config.k8s.io';

/** The references of a kustomization, relative to its folder. */
export interface Kustomization {
  /** Whether it can only be part of another one. */
  readonly isComponent: boolean;
  /** The files that contain patches. */
  readonly patches: readonly string[];
  /** The files and folders whose objects it contains, including those of other kustomizations. */
  readonly resources: readonly string[];
}

/**
 * Reads a kustomization; `undefined` if it is unreadable, or an object of Flux with the same kind.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export function readKustomization(yaml: string): Kustomization | undefined {
  let content: Record<string, unknown>;
  try {
    content = record(readValue(yaml));
  } catch {
    return undefined;
  }
  if (content.apiVersion !== undefined && !text(content.apiVersion)?.startsWith(`${CONFIG_GROUP}/`)) {
    return undefined;
  }
  const { kind, patches, patchesStrategicMerge, patchesJson6902, resources, bases, components } = content;
  return {
    isComponent: kind === 'Component',
    patches: [
      ...[...list(patches), ...list(patchesJson6902)].flatMap(patch => text(at(patch, 'path')) ?? []),
      // a patch can also be inline
      ...texts(patchesStrategicMerge).filter(patch => !patch.includes('\n')),
    ],
    resources: [...texts(resources), ...texts(bases), ...texts(components)],
  };
}

/** Whether an object configures kustomize and never reaches the cluster. */
export function isKustomizeConfig(object: ManifestObject): boolean {
  return apiGroupOf(object) === CONFIG_GROUP;
}
