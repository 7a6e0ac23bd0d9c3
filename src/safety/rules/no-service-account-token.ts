import type { Inventory } from '../../inspect/inventory';
import { at, list, text } from '../../inspect/json';
import { accountOf, getsToken } from '../../predicates/gets-token';
import { eachPodAmong, Rule } from '../rule';

export const noServiceAccountToken: Rule<'no-service-account-token'> = {
  id: 'no-service-account-token',
  summary: 'no pod has a token for the API server that it does not need',
  rationale: 'whoever gets into the container gets the token, and few apps call the API server',
  severity: 'warning',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  fix: {
    construct: 'leave the default in place',
    yaml:
      "set 'automountServiceAccountToken: false' in the pod's spec; where the app calls the API server, 'true' " +
      "with a 'serviceAccountName' of its own",
  },
  safeDefault: {
    what: 'no token in the pod, and an account of its own',
    apply: pod => {
      pod.automountServiceAccountToken ??= false;
    },
  },
  ...eachPodAmong(function* (pod, inventory) {
    const name = accountOf(pod);
    // who grants something to the account, or asks for its token by name, means it
    const isMeant =
      name !== 'default' &&
      (pod.spec.automountServiceAccountToken === true || isBound(inventory, pod.object.namespace, name));
    if (getsToken(pod, inventory) && !isMeant) {
      yield {
        at: [...pod.at, 'automountServiceAccountToken'],
        message: `the pod gets a token of the account '${name}', to which nothing is granted here`,
      };
    }
  }),
};

const BOUND = new WeakMap<Inventory, Set<string>>();

/** Whether a binding names the account, so that it has a use for its token. */
function isBound(inventory: Inventory, namespace: string | undefined, name: string): boolean {
  let bound = BOUND.get(inventory);
  if (!bound) {
    bound = new Set(
      [...inventory.ofKind('RoleBinding'), ...inventory.ofKind('ClusterRoleBinding')].flatMap(binding =>
        list(at(binding.content, 'subjects')).map(subject => text(at(subject, 'name')) ?? ''),
      ),
    );
    BOUND.set(inventory, bound);
  }
  return bound.has(name) || bound.has(`system:serviceaccounts:${namespace ?? ''}`);
}
