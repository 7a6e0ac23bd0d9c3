import type { Inventory } from '../inspect/inventory';
import { at, text } from '../inspect/json';
import type { Pod } from '../inspect/pods';

/** The name of the ServiceAccount of a pod, from its field or the deprecated one. */
export function accountOf({ spec }: Pod): string {
  return text(spec.serviceAccountName) ?? text(spec.serviceAccount) ?? 'default';
}

/**
 * Whether a pod gets a token for the Kubernetes API. The setting of the pod overrides the setting of its
 * ServiceAccount. Returns `undefined` if the ServiceAccount is not among the manifests; the one named `default` exists
 * in every namespace and allows a token.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
 */
export function getsToken(pod: Pod, inventory: Inventory): boolean | undefined {
  const { automountServiceAccountToken } = pod.spec;
  if (typeof automountServiceAccountToken === 'boolean') {
    return automountServiceAccountToken;
  }
  const name = accountOf(pod);
  const account = inventory.find('ServiceAccount', name, pod.object);
  return account || name === 'default' ? at(account?.content, 'automountServiceAccountToken') !== false : undefined;
}
