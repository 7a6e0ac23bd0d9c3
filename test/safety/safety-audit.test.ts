import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { KubernetesVersion, SafetyAudit, SafetyAuditOptions, SafetyProfile, SafetySeverity } from '../../src';

const foreign = (chart: Chart, annotations = {}) =>
  new ApiObject(chart, 'foreign', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', annotations },
    spec: { containers: [], volumes: [{ name: 'logs', emptyDir: {} }] },
  });

test('checks the objects of other libraries', () => {
  const chart = new Chart(new App(), 'shop');
  foreign(chart);
  const { findings } = SafetyAudit.run(chart);
  expect(findings).toContainEqual({
    rule: expect.objectContaining({
      id: 'empty-dir-size-limit',
      severity: SafetySeverity.WARNING,
      yamlFix: expect.stringContaining('sizeLimit'),
    }),
    severity: SafetySeverity.WARNING,
    resource: {
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'a',
      namespace: undefined,
      constructPath: 'shop/foreign',
      manifest: expect.objectContaining({ spec: { containers: [], volumes: [{ name: 'logs', emptyDir: {} }] } }),
    },
    jsonPointer: '/spec/volumes/0',
    message: expect.stringContaining("'logs'"),
    waiverReason: undefined,
  });
});

test.each([
  [KubernetesVersion.V1_28, []],
  [KubernetesVersion.V1_29, ['collector-is-native-sidecar']],
])('skips rules that the minimum cluster version does not support: %o', (version, expected) => {
  const app = new App();
  KubernetesVersion.setMinimum(app, version);
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

test('reports waived findings and waivers without effect', () => {
  const chart = new Chart(new App(), 'shop');
  foreign(chart, {
    'waiver.cdk8s-storage-patterns/empty-dir-size-limit': 'the pod has its own node',
    'waiver.cdk8s-storage-patterns/no-such-rule': 'the pod has its own node',
  });
  const report = SafetyAudit.run(chart);
  expect(report.findings.map(({ rule }) => rule.id)).not.toContain('empty-dir-size-limit');
  expect(report.waived).toMatchObject([
    { rule: { id: 'empty-dir-size-limit' }, waiverReason: 'the pod has its own node' },
  ]);
  expect(report.unusedWaivers).toEqual([]);
  expect(report.invalidWaivers).toMatchObject([
    {
      ruleId: 'no-such-rule',
      resource: { kind: 'Pod' },
      problem: expect.stringMatching(/^Unknown rule 'no-such-rule'\. /),
    },
  ]);
});

test('lists each built-in rule once', () => {
  const ids = SafetyAudit.rules.map(({ id }) => id);
  expect(ids).toContain('empty-dir-size-limit');
  expect(new Set(ids).size).toBe(ids.length);
});

describe('options', () => {
  const rulesOf = (options?: SafetyAuditOptions) => {
    const chart = new Chart(new App(), 'shop');
    foreign(chart);
    return SafetyAudit.run(chart, options).findings.map(({ rule }) => rule.id);
  };

  test('checks both profiles without infos by default', () => {
    expect(rulesOf()).toEqual(expect.arrayContaining(['empty-dir-size-limit', 'network-policy']));
    expect(rulesOf()).not.toContain('no-service-links');
    expect(rulesOf({ severity: SafetySeverity.INFO })).toContain('no-service-links');
  });

  test('checks the profile about storage only', () => {
    expect(rulesOf({ profile: SafetyProfile.STORAGE })).toEqual(['empty-dir-size-limit']);
  });

  test.each([
    [{ profil: SafetyProfile.STORAGE }, "[SafetyAudit.run] Unknown prop 'profil'. Did you mean 'profile'?"],
    [{ profile: 'all' }, "Unknown profile 'all'. Use 'storage' or 'hygiene'."],
    [{ baseline: 'gone.json' }, "Baseline 'gone.json' cannot be read: ENOENT"],
  ])('refuses %j', (options, message) => {
    expect(() => rulesOf(options as SafetyAuditOptions)).toThrow(message);
  });
});

test('reports findings that the baseline does not contain', () => {
  const directory = mkdtempSync(join(tmpdir(), 'baseline-'));
  const baseline = join(directory, 'baseline.json');
  try {
    const chart = new Chart(new App(), 'shop');
    foreign(chart);
    const options = { profile: SafetyProfile.STORAGE };
    SafetyAudit.run(chart, options).writeBaseline(baseline);
    new ApiObject(chart, 'new', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'b' },
      spec: { containers: [], volumes: [{ name: 'logs', emptyDir: {} }] },
    });
    const report = SafetyAudit.run(chart, { ...options, baseline });
    expect(report.findings.map(({ resource }) => resource.name)).toEqual(['b']);
    expect(report.known.map(({ resource }) => resource.name)).toEqual(['a']);
    expect(report.summary).toMatchObject({ errors: 0, warnings: 1, known: 1, fixed: 0, lookedAt: 2 });
    report.writeBaseline(baseline);
    expect(SafetyAudit.run(chart, { ...options, baseline }).findings).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('counts the objects of unknown kinds', () => {
  const chart = new Chart(new App(), 'shop');
  new ApiObject(chart, 'db', { apiVersion: 'db.example.com/v1', kind: 'Cluster' });
  const report = SafetyAudit.run(chart);
  expect(report.summary).toMatchObject({
    lookedAt: 0,
    unknownKinds: [{ kind: 'Cluster', apiGroup: 'db.example.com', count: 1 }],
    patches: 0,
    passedOver: [],
  });
  expect(report.toText()).toMatch(/^Nothing was audited\n/);
});
