/**
 * The annotations of an object that stays in the cluster when it leaves the manifests. Argo CD would show its
 * application as OutOfSync without the compare option.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/#ignoring-resources-that-are-extraneous
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export const NO_PRUNE: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};
