import { messagesOf, podOfKind } from '../safety/rules/fixtures';

const binding = (subject: string, kind = 'RoleBinding') => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: b, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{${subject}}]
`;
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api, namespace: shop}\n';

test.each([
  ['default', 'kind: ServiceAccount, name: default, namespace: shop', true],
  ['default', 'kind: ServiceAccount, name: default', true],
  ['default', 'kind: ServiceAccount, name: default, namespace: metrics', false],
  ['default', 'kind: User, name: other', false],
  ['default', 'kind: Group, name: "system:serviceaccounts"', true],
  ['default', 'kind: Group, name: "system:serviceaccounts:shop"', true],
  ['default', 'kind: Group, name: "system:serviceaccounts:metrics"', false],
  ['api', 'kind: ServiceAccount, name: api, namespace: shop', true],
  ['api', 'kind: ServiceAccount, name: default, namespace: shop', false],
])('the account %s is bound by {%s}: %p', (name, subject, isBound) => {
  const pod = podOfKind('Deployment', { pod: `serviceAccountName: ${name}` });
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    expect(messagesOf('no-service-account-token', pod, account, binding(subject, kind))).toHaveLength(isBound ? 0 : 1);
  }
});
