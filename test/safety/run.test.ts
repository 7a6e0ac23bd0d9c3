import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
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

test('a finding has its rule and its place', () => {
  const {
    findings: [finding],
  } = audit(new Inventory(POD()), { rules: only('empty-dir-size-limit') });
  expect(finding).toMatchObject({
    message: "the emptyDir 'logs' has no size limit",
    reason: undefined,
    rule: { severity: 'error' },
  });
  expect(finding.object.source.locate(finding.at)).toEqual({ file: 'a.yaml', line: 7, column: 7 });
});

test('a waiver on the object, or for all objects, gives its reason to the finding', () => {
  const annotated = POD('{waiver.cdk8s-storage-patterns/empty-dir-size-limit: "the node is its own"}');
  expect(audit(new Inventory(annotated), { rules: only('empty-dir-size-limit') })).toMatchObject({
    findings: [{ reason: 'the node is its own' }],
    unusedWaivers: [],
  });
  expect(
    audit(new Inventory(POD()), {
      rules: only('empty-dir-size-limit'),
      waivers: new Map([['empty-dir-size-limit', 'a test cluster only']]),
    }),
  ).toMatchObject({ findings: [{ reason: 'a test cluster only' }], unusedWaivers: [] });
});

test('a waiver that matches nothing is stale, unless its rule is not asked', () => {
  const annotated = POD('{waiver.cdk8s-storage-patterns/empty-dir-size-limit: "the node is its own"}').map(object => ({
    ...object,
    content: { ...object.content, spec: {} },
  }));
  expect(audit(new Inventory(annotated), { rules: only('empty-dir-size-limit') }).unusedWaivers).toMatchObject([
    { ruleId: 'empty-dir-size-limit', object: { name: 'a' } },
  ]);
  expect(audit(new Inventory(annotated), { rules: [], known: ['empty-dir-size-limit'] }).unusedWaivers).toEqual([]);
});

test.each([
  ['empty-dir-size-limit', 'because', /gives the reason 'because'\. say why/],
  ['empty-dir-limit', 'the node is its own', /names the rule 'empty-dir-limit', which there is not/],
])('a waiver of %s for the reason %j does not count, and is reported', (rule, reason, message) => {
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

test('findings stand in the order of the objects, errors first', () => {
  const objects = [...POD(), ...POD()];
  const { findings } = audit(new Inventory(objects), { rules: RULES });
  const ranks = findings.map(({ object, rule }) => 2 * objects.indexOf(object) + Number(rule.severity === 'warning'));
  expect(new Set(ranks)).toEqual(new Set([0, 1, 2, 3]));
  expect(ranks).toEqual([...ranks].sort());
});
