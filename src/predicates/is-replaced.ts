import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** The annotations that let a tool delete the old object first. */
const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** Whether the old object is deleted before the new one is created, or the object was read from a cluster. */
export function isReplaced({ content }: ManifestObject): boolean {
  const annotations = textMap(at(content, 'metadata', 'annotations'));
  return (
    at(content, 'metadata', 'uid') !== undefined ||
    at(content, 'spec', 'ttlSecondsAfterFinished') !== undefined ||
    HOOKS.some(hook => annotations[hook] !== undefined) ||
    /\b(?:Force|Replace)=true\b/.test(annotations['argocd.argoproj.io/sync-options'] ?? '') ||
    annotations['kustomize.toolkit.fluxcd.io/force']?.toLowerCase() === 'enabled'
  );
}
