import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/**
 * Returns the tools that keep an object when it is removed from the manifests and when the app is deleted.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export function keptBy({ content }: ManifestObject): string[] {
  const [annotations, labels] = ['annotations', 'labels'].map(field => textMap(at(content, 'metadata', field)));
  const options = (annotations['argocd.argoproj.io/sync-options'] ?? '').split(',').map(option => option.trim());
  const isKeptByHelm = annotations['helm.sh/resource-policy']?.trim().toLowerCase() === 'keep';
  // Argo CD reads the annotation of Helm as 'Delete=false'
  const isKeptByArgo = options.includes('Prune=false') && (options.includes('Delete=false') || isKeptByHelm);
  const isKeptByFlux = [annotations, labels].some(
    metadata => metadata['kustomize.toolkit.fluxcd.io/prune']?.toLowerCase() === 'disabled',
  );
  return [...(isKeptByArgo ? ['Argo CD'] : []), ...(isKeptByFlux ? ['Flux'] : []), ...(isKeptByHelm ? ['Helm'] : [])];
}
