import type { Inventory } from '../../inspect/inventory';
import { at, list, text } from '../../inspect/json';
import { accountOf, getsToken } from '../../predicates/gets-token';
import { eachPodAmong, Rule } from '../rule';

export const noServiceAccountToken: Rule<'no-service-account-token'> = {
  id: 'no-service-account-token',
  summary: 'Only pods that call the Kubernetes API get a service account token.',
  rationale: 'Few apps need a token, but an attacker in the container can use it.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/' +
    '#opt-out-of-api-credential-automounting',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml:
      "Set 'automountServiceAccountToken: false' in the pod spec. If the app calls the Kubernetes API, set it to " +
      "'true' and use a separate ServiceAccount.",
  },
  safeDefault: {
    what: 'no token in the pod, and a separate ServiceAccount',
    apply: pod => {
      pod.automountServiceAccountToken ??= false;
    },
  },
  ...eachPodAmong(function* (pod, inventory) {
    const name = accountOf(pod);
    // a binding of a separate account, or an explicit request for its token, shows that the app needs it
    const isIntended =
      name !== 'default' &&
      (pod.spec.automountServiceAccountToken === true || isBound(inventory, pod.object.namespace, name));
    const hasToken = getsToken(pod, inventory);
    if (hasToken !== false) {
      const grants = name === 'default' ? '' : ', to which no role binding of the manifests grants access';
      yield {
        at: [...pod.at, 'automountServiceAccountToken'],
        message: `The pod gets a token of ServiceAccount '${name}'${grants}.`,
        isException: isIntended || hasToken === undefined,
      };
    }
  }),
};

/** The names of the subjects of all bindings. */
const BOUND = new WeakMap<Inventory, Set<string>>();

/** Whether a binding names the account or all accounts of its namespace. */
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
