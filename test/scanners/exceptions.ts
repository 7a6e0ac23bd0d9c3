/** A rule of a scanner that the examples do not follow, and why. */
export interface Exception {
  readonly scanner: string;
  readonly rule: string;
  /** Of these objects alone. */
  readonly of?: RegExp;
  readonly reason: string;
}

const PULL = 'the images are pinned, and a pod restarts while the registry is down';
const USER =
  'a database keeps its files as the user of its image, or volumes made by another installation stop opening';
const DATABASE = /^StatefulSet[/.]/;

/** One line each, with a reason. One that no finding needs any more fails the test. */
export const EXCEPTIONS: readonly Exception[] = [
  { scanner: 'kube-score', rule: 'container-image-pull-policy', reason: PULL },
  { scanner: 'checkov', rule: 'CKV_K8S_15', reason: PULL },
  { scanner: 'kube-score', rule: 'container-security-context-user-group-id', of: DATABASE, reason: USER },
  { scanner: 'checkov', rule: 'CKV_K8S_40', of: DATABASE, reason: USER },
  { scanner: 'kubesec', rule: 'RunAsUser', of: DATABASE, reason: USER },
  { scanner: 'kubesec', rule: 'RunAsGroup', of: DATABASE, reason: USER },
  {
    scanner: 'kubesec',
    rule: 'ApparmorAny',
    reason:
      'it looks for an annotation that Kubernetes has replaced by a field, and a profile has to be on each node first',
  },
  {
    scanner: 'kubesec',
    rule: 'SeccompAny',
    reason: 'it looks for an annotation that Kubernetes has removed; the field is set',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_K8S_43',
    reason:
      "a digest is the user's to give: the images of the examples are fictional, and a tag of ours is not " +
      'verified against any registry',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_K8S_35',
    of: /logged|composed-app-shop/,
    reason: 'collectors take credentials of sinks from variables, of one container that runs nothing else',
  },
  { scanner: 'trivy', rule: 'KSV-0020', of: DATABASE, reason: USER },
  { scanner: 'trivy', rule: 'KSV-0021', of: DATABASE, reason: USER },
  {
    scanner: 'trivy',
    rule: 'KSV-0113',
    of: /-credentials$/,
    reason: 'the Job that makes a Secret has to create one; it may not read, change or delete any',
  },
  {
    scanner: 'trivy',
    rule: 'KSV-0125',
    reason: 'it trusts the registries of three clouds alone; the official images are on docker.io',
  },
  {
    scanner: 'trivy',
    rule: 'KSV-0109',
    of: /-logs-/,
    reason: 'it takes the word password for what it names; the value is the name of a variable',
  },
  {
    scanner: 'trivy',
    rule: 'KSV-01010',
    of: /-(db|logs)-/,
    reason: 'it takes the words username and token for what they name; the values are a name, a port and a variable',
  },
];
