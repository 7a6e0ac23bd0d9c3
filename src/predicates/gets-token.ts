import type { Inventory } from '../inspect/inventory';
import { at, text } from '../inspect/json';
import type { Pod } from '../inspect/pods';

/** The ServiceAccount of a pod, in the field or in the one that it replaced. */
export function accountOf({ spec }: Pod): string {
  return text(spec.serviceAccountName) ?? text(spec.serviceAccount) ?? 'default';
}

/**
 * Whether a pod gets a token for the API server: the pod's word goes before its account's. `undefined` when the
 * account,
 * which may refuse it, is not here; that of the name `default` is in every namespace, and refuses nothing by itself.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 */
export function getsToken(pod: Pod, inventory: Inventory): boolean | undefined {
  const { automountServiceAccountToken: own } = pod.spec;
  if (typeof own === 'boolean') {
    return own;
  }
  const name = accountOf(pod);
  const account = inventory.find('ServiceAccount', name, pod.object);
  return account || name === 'default' ? at(account?.content, 'automountServiceAccountToken') !== false : undefined;
}
