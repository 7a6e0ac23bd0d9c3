import { accountOf, getsToken, isBound } from '../../predicates/gets-token';
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
    // a binding of the account, or an explicit request for the token of a separate account, shows that the app needs it
    const isRequested = name !== 'default' && pod.spec.automountServiceAccountToken === true;
    const hasToken = getsToken(pod, inventory);
    if (hasToken !== false) {
      const grants = name === 'default' ? '' : ', to which no role binding of the manifests grants access';
      yield {
        at: [...pod.at, 'automountServiceAccountToken'],
        message: `The pod gets a token of ServiceAccount '${name}'${grants}.`,
        isException: isRequested || isBound(pod, inventory) || hasToken === undefined,
      };
    }
  }),
};
