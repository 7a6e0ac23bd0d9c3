import { keptByObject } from '../checks/memo';
import type { Inventory } from '../inspect/inventory';
import { at, list, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
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

/** The subjects of the bindings of an inventory that are ServiceAccounts or groups of them. */
interface Subjects {
  readonly groups: ReadonlySet<string>;
  /** The namespaces of the accounts of a name; `undefined` for a namespace that the manifests leave open. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string | undefined>>;
}

/**
 * Whether a role binding grants access to the ServiceAccount of a pod. Namespaces are compared for the account named
 * `default`, which exists in all of them.
 */
export function isBound(pod: Pod, inventory: Inventory): boolean {
  const { namespace } = pod.object;
  const name = accountOf(pod);
  const { groups, accounts } = subjectsOf(inventory);
  const namespaces = accounts.get(name);
  return (
    ['system:serviceaccounts', `system:serviceaccounts:${namespace ?? 'default'}`].some(group => groups.has(group)) ||
    (namespaces !== undefined &&
      (name !== 'default' || namespace === undefined || namespaces.has(undefined) || namespaces.has(namespace)))
  );
}

const subjectsOf = keptByObject((inventory: Inventory) =>
  readSubjects([...inventory.ofKind('RoleBinding'), ...inventory.ofKind('ClusterRoleBinding')]),
);

function readSubjects(bindings: readonly ManifestObject[]): Subjects {
  const groups = new Set<string>();
  const accounts = new Map<string, Set<string | undefined>>();
  for (const binding of bindings) {
    for (const subject of list(at(binding.content, 'subjects'))) {
      const name = text(at(subject, 'name')) ?? '';
      if (at(subject, 'kind') === 'Group') {
        groups.add(name);
      } else {
        const namespaces = accounts.get(name) ?? new Set();
        accounts.set(name, namespaces.add(text(at(subject, 'namespace')) ?? binding.namespace));
      }
    }
  }
  return { groups, accounts };
}
