import { ApiObject, App, Chart } from 'cdk8s';
import { KubernetesVersion, SafetyAudit, SafetySeverity } from '../../src';

const foreign = (chart: Chart, annotations = {}) =>
  new ApiObject(chart, 'foreign', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', annotations },
    spec: { containers: [], volumes: [{ name: 'logs', emptyDir: {} }] },
  });

test('an audit of a tree finds what is wrong with the objects of others too', () => {
  const chart = new Chart(new App(), 'shop');
  foreign(chart);
  const { findings } = SafetyAudit.run(chart);
  expect(findings).toContainEqual({
    rule: expect.objectContaining({
      id: 'empty-dir-size-limit',
      severity: SafetySeverity.ERROR,
      fixInYaml: expect.stringContaining('sizeLimit'),
    }),
    subject: { apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: undefined, constructPath: 'shop/foreign' },
    pointer: '/spec/volumes/0',
    message: "the emptyDir 'logs' has no size limit",
    waiverReason: undefined,
  });
});

test.each([
  [KubernetesVersion.V1_28, []],
  [KubernetesVersion.V1_29, ['collector-is-native-sidecar']],
])('nothing is asked that the oldest cluster to serve cannot do: %o', (oldest, expected) => {
  const app = new App();
  KubernetesVersion.setMinimum(app, oldest);
  const chart = new Chart(app, 'shop');
  new ApiObject(chart, 'foreign', {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      containers: [
        ['app', 'acme/app:1.0.0'],
        ['collector', 'docker.io/fluent/fluentd:v1.19.3-debian-2.2'],
      ].map(([name, image]) => ({ name, image, volumeMounts: [{ name: 'logs', mountPath: '/var/log/app' }] })),
      volumes: [{ name: 'logs', emptyDir: {} }],
    },
  });
  expect(
    SafetyAudit.run(chart)
      .findings.map(({ rule }) => rule.id)
      .filter(id => id === 'collector-is-native-sidecar'),
  ).toEqual(expected);
});

test('a report tells what is waived, and which waivers are stale or do not count', () => {
  const chart = new Chart(new App(), 'shop');
  foreign(chart, {
    'waiver.cdk8s-storage-patterns/empty-dir-size-limit': 'the node is its own',
    'waiver.cdk8s-storage-patterns/no-such-rule': 'the node is its own',
  });
  const report = SafetyAudit.run(chart);
  expect(report.findings.map(({ rule }) => rule.id)).not.toContain('empty-dir-size-limit');
  expect(report.waived).toMatchObject([{ rule: { id: 'empty-dir-size-limit' }, waiverReason: 'the node is its own' }]);
  expect(report.unusedWaivers).toEqual([]);
  expect(report.invalidWaivers).toMatchObject([
    { ruleId: 'no-such-rule', subject: { kind: 'Pod' }, refusal: expect.stringContaining('which there is not') },
  ]);
});

test('the rules are public data, each once', () => {
  const ids = SafetyAudit.rules.map(({ id }) => id);
  expect(ids).toContain('empty-dir-size-limit');
  expect(new Set(ids).size).toBe(ids.length);
});
