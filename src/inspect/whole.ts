import { at, list, record } from './json';
import { apiGroupOf, ManifestObject } from './manifest';
import { podOf } from './pods';

/**
 * Whether an object is a patch of another one, because a field is missing without which the API server rejects it, or
 * because it contains a directive for patches.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
export function isPatch(object: ManifestObject): boolean {
  return (
    hasDirective(object.content) ||
    hasDirective(object.content.spec) ||
    lacksPodFields(object) ||
    lacksClaimFields(object)
  );
}

/** Whether a mapping contains a directive of strategic merge patches, such as `$patch: delete`. */
function hasDirective(value: unknown): boolean {
  return Object.keys(record(value)).some(key =>
    /^\$(?:patch|retainKeys|deleteFromPrimitiveList|setElementOrder)\b/.test(key),
  );
}

/** The kinds of workloads that need a selector. Older versions of their API set one. */
const SELECTING_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

function lacksPodFields(object: ManifestObject): boolean {
  const pod = podOf(object);
  if (pod === undefined) {
    return false;
  }
  const { apiVersion, kind, content } = object;
  const lacksSelector =
    apiVersion === 'apps/v1' && SELECTING_KINDS.includes(kind) && at(content, 'spec', 'selector') === undefined;
  const lacksContainers = kind !== 'Pod' && !pod.containers.some(({ role }) => role === 'app');
  return lacksSelector || lacksContainers || pod.containers.some(({ image }) => image === '');
}

function lacksClaimFields(object: ManifestObject): boolean {
  const { accessModes, resources } = record(object.content.spec);
  return (
    object.kind === 'PersistentVolumeClaim' &&
    apiGroupOf(object) === '' &&
    (list(accessModes).length === 0 || at(resources, 'requests', 'storage') === undefined)
  );
}
