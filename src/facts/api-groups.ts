/**
 * The API groups that every cluster has. The core group is empty.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export const BUILT_IN_API_GROUPS: readonly string[] = [
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
];

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
  'kustomize.config.k8s.io': { Component: 'kustomize build', Kustomization: 'kustomize build' },
  'kustomize.toolkit.fluxcd.io': { Kustomization: 'kustomize build' },
};
