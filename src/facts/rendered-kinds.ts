/**
 * The kinds that a controller renders to other objects in the cluster, by API group, with the command that renders
 * them.
 *
 * @see https://fluxcd.io/flux/components/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export const RENDERED_KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'argoproj.io': { Application: 'argocd app manifests', ApplicationSet: 'argocd appset generate' },
  'helm.cattle.io': { HelmChart: 'helm template' },
  'helm.toolkit.fluxcd.io': { HelmRelease: 'helm template' },
  'kustomize.toolkit.fluxcd.io': { Kustomization: 'kustomize build' },
};
