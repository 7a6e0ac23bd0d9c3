import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { SEVERITIES } from '../../src/safety/rule';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

const POD = (annotations = '{}') =>
  readYaml(
    `apiVersion: v1
kind: Pod
metadata: {name: a, annotations: ${annotations}}
spec:
  containers: [{name: app, image: acme/app:1}]
  volumes:
    - name: logs
      emptyDir: {}
`,
    'a.yaml',
  ).objects;

const only = (id: string) => RULES.filter(rule => rule.id === id);

test('reports a finding with its rule and place', () => {
  const {
    findings: [finding],
  } = audit(new Inventory(POD()), { rules: only('empty-dir-size-limit') });
  expect(finding).toMatchObject({
    message: expect.stringContaining("'logs'"),
    reason: undefined,
    severity: 'warning',
  });
  expect(finding.object.source.locate(finding.at)).toEqual({ file: 'a.yaml', line: 7, column: 7 });
});

test('adds the reason of a waiver of the object or of all objects to the finding', () => {
  const annotated = POD('{waiver.cdk8s-storage-patterns/empty-dir-size-limit: "the pod has its own node"}');
  expect(audit(new Inventory(annotated), { rules: only('empty-dir-size-limit') })).toMatchObject({
    findings: [{ reason: 'the pod has its own node' }],
    unusedWaivers: [],
  });
  expect(
    audit(new Inventory(POD()), {
      rules: only('empty-dir-size-limit'),
      waivers: new Map([['empty-dir-size-limit', 'a test cluster only']]),
    }),
  ).toMatchObject({ findings: [{ reason: 'a test cluster only' }], unusedWaivers: [] });
});

test('reports a waiver that matches no finding, unless its rule is not checked', () => {
  const annotated = POD('{waiver.cdk8s-storage-patterns/empty-dir-size-limit: "the pod has its own node"}').map(
    object => ({
      ...object,
      content: { ...object.content, spec: {} },
    }),
  );
  expect(audit(new Inventory(annotated), { rules: only('empty-dir-size-limit') }).unusedWaivers).toMatchObject([
    { ruleId: 'empty-dir-size-limit', object: { name: 'a' } },
  ]);
  expect(audit(new Inventory(annotated), { rules: [], known: ['empty-dir-size-limit'] }).unusedWaivers).toEqual([]);
});

test.each([
  ['empty-dir-size-limit', 'because', /'because'.* three words/],
  [
    'empty-dir-limit',
    'the pod has its own node',
    /^Unknown rule 'empty-dir-limit'\. Did you mean 'empty-dir-size-limit'\?$/,
  ],
])('reports a waiver of %s with the reason %j, which has no effect', (rule, reason, message) => {
  const { findings, unusedWaivers, invalidWaivers } = audit(
    new Inventory(POD(`{waiver.cdk8s-storage-patterns/${rule}: "${reason}"}`)),
    { rules: only('empty-dir-size-limit') },
  );
  expect(findings).toMatchObject([{ reason: undefined }]);
  expect(unusedWaivers).toEqual([]);
  expect(invalidWaivers).toMatchObject([
    { ruleId: rule, object: { name: 'a' }, message: expect.stringMatching(message) },
  ]);
});

test('sorts findings by object, errors first', () => {
  const objects = [...POD(), ...POD()];
  const { findings } = audit(new Inventory(objects), { rules: RULES });
  const ranks = findings.map(
    ({ object, severity }) => SEVERITIES.length * objects.indexOf(object) + SEVERITIES.indexOf(severity),
  );
  expect(new Set(ranks).size).toBeGreaterThan(2);
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

test('treats null, which charts render for omitted values, as omitted', () => {
  const { objects } = readYaml(
    `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      containers:
        - { name: app, image: api:1, livenessProbe: null, readinessProbe: ~ }
      volumes:
        - { name: cache, hostPath: null, emptyDir: { sizeLimit: 1Mi } }
`,
    'a.yaml',
  );
  const rules = ['health-check', 'no-host-path', 'empty-dir-size-limit'].flatMap(only);
  expect(audit(new Inventory(objects), { rules }).findings).toMatchObject([
    { rule: { id: 'health-check' }, at: ['spec', 'template', 'spec', 'containers', 0] },
  ]);
});
