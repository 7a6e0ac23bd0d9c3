import { messagesOf, podOfKind } from './fixtures';

const token = (seconds: string) =>
  `projected: {sources: [{configMap: {name: a}}, {serviceAccountToken: {path: token${seconds}}}]}`;

test.each([
  [', expirationSeconds: 315360000', 3650],
  [', expirationSeconds: 31536000', 365],
  [', expirationSeconds: 172800', 2],
])('finds a token with {path: token%s}', (seconds, days) => {
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']) {
    expect(messagesOf('token-expires', podOfKind(kind, { volume: token(seconds) }))).toEqual([
      `The token in volume 'data' is valid for ${days} days.`,
    ]);
  }
});

test.each(['', ', expirationSeconds: 600', ', expirationSeconds: 3607', ', expirationSeconds: 86400'])(
  'accepts a token with {path: token%s}',
  seconds => {
    expect(messagesOf('token-expires', podOfKind('Deployment', { volume: token(seconds) }))).toEqual([]);
  },
);

test.each([
  ['kubernetes.io/service-account-token', 1],
  ['Opaque', 0],
  ['kubernetes.io/tls', 0],
])('checks a Secret of the type %s', (type, count) => {
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: shop}\ntype: ${type}\n`;
  expect(messagesOf('token-expires', secret)).toHaveLength(count);
});
