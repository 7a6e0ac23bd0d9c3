import { messagesOf, podOfKind } from './fixtures';

const budget = (spec: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: api, namespace: shop}
spec: {selector: {matchLabels: {app: api}}, ${spec}}
`;
const RULE = 'disruption-budget-allows-drain';

test.each(['minAvailable: 1', 'maxUnavailable: 0'])('checks a budget with %s for each kind of workload', spec => {
  for (const kind of ['Deployment', 'StatefulSet', 'Pod']) {
    const pod = podOfKind(kind, { metadata: 'labels: {app: api}' });
    expect(messagesOf(RULE, pod, budget(spec))).toEqual([expect.stringContaining('no pod can be evicted')]);
  }
  // a drain skips the pods of a DaemonSet, and the pods of a Job end
  for (const kind of ['DaemonSet', 'Job', 'CronJob']) {
    expect(messagesOf(RULE, podOfKind(kind), budget(spec))).toEqual([]);
  }
});

test('does not count the pods of a DaemonSet as replicas', () => {
  const pods = [podOfKind('Deployment'), podOfKind('DaemonSet')];
  expect(messagesOf(RULE, ...pods, budget('minAvailable: 1'))).toEqual([
    "'minAvailable' is 1 of 1 replica, so no pod can be evicted.",
  ]);
});
