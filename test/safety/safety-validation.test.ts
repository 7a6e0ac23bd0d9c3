import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { SafetyAudit, SafetyValidation } from '../../src';

type Properties = ConstructorParameters<typeof SafetyValidation>[0];

const RULE = SafetyAudit.rules.find(({ id }) => id === 'empty-dir-size-limit')!;
const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  volumes:\n    - name: cache\n      emptyDir: {}\n';

/** Runs the plugin on a manifest, and returns what it reports to cdk8s-cli. */
async function validate(manifest: string, properties: Properties = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-patterns-'));
  const path = join(directory, 'shop.k8s.yaml');
  writeFileSync(path, manifest);
  const [addViolation, submit, log] = [jest.fn(), jest.fn(), jest.fn()];
  try {
    await new SafetyValidation({ rules: ['empty-dir-size-limit'], ...properties }).validate({
      manifests: [path],
      report: { addViolation, submit },
      logger: { log },
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
  return { violations: addViolation.mock.calls.flat(), submitted: submit.mock.calls[0], logged: log.mock.calls.flat() };
}

test('reports a finding as a violation with the object name, by which cdk8s-cli finds the construct', async () => {
  const { violations, submitted } = await validate(POD);
  expect(violations).toEqual([
    {
      ruleName: 'empty-dir-size-limit',
      recommendation: `${RULE.summary} ${RULE.rationale} (${RULE.documentationUrl})`,
      fix: `${RULE.constructFix} In YAML: ${RULE.yamlFix}`,
      violatingResources: [
        {
          resourceName: 'web',
          locations: [expect.stringMatching(/^line 6: Pod web: .*'cache'/)],
          manifestPath: expect.stringMatching(/shop\.k8s\.yaml$/),
        },
      ],
    },
  ]);
  expect(submitted).toEqual(['failure', { objects: '1', errors: '0', warnings: '1', waived: '0', unreadable: '0' }]);
});

test('succeeds without findings, and if all findings are waived', async () => {
  expect((await validate(POD.replace('{}', '{sizeLimit: 1Gi}'))).submitted[0]).toBe('success');
  const { violations, submitted } = await validate(POD, { waivers: { 'empty-dir-size-limit': 'a test cluster only' } });
  expect([violations, submitted]).toEqual([[], ['success', expect.objectContaining({ waived: '1' })]]);
});

test('fails for an unreadable manifest, and states the place', async () => {
  const { violations, submitted } = await validate('a: [\n');
  expect(violations).toMatchObject([
    { ruleName: 'unreadable', violatingResources: [{ locations: [expect.stringMatching(/shop\.k8s\.yaml:2:1$/)] }] },
  ]);
  expect(submitted[0]).toBe('failure');
});

test('logs waivers without effect', async () => {
  const annotated = (reason: string) =>
    POD.replace(
      '{name: web}',
      `{name: web, annotations: {waiver.cdk8s-storage-patterns/empty-dir-size-limit: ${reason}}}`,
    );
  expect(
    (await validate(annotated('the node is ours').replace('emptyDir: {}', 'emptyDir: {sizeLimit: 1Gi}'))).logged,
  ).toEqual([
    expect.stringMatching(
      /:3:\d+ unused waiver: The waiver of 'empty-dir-size-limit' matches no finding\. Remove it\.$/,
    ),
  ]);
  expect((await validate(annotated('because'))).logged).toEqual([
    expect.stringMatching(/:3:\d+ invalid waiver: .*'because'/),
  ]);
});

test.each([
  [{ rules: ['empty-dir-limit'] }, "Unknown rule 'empty-dir-limit'. Did you mean 'empty-dir-size-limit'?"],
  [{ rules: ['cpu'] }, "Unknown rule 'cpu'. List the rules with 'cdk8s-storage-patterns rules'."],
  [{ waivers: { 'empty-dir-size-limit': 'because' } }, 'at least three words'],
  [{ severity: 'fatal' as 'error' }, "Unknown severity 'fatal'. Use 'error', 'warning' or 'info'."],
  [
    { rule: ['empty-dir-size-limit'] } as Properties,
    "Unknown properties: 'rule'. Use 'rules', 'severity', 'waivers' or 'loadRules'.",
  ],
])('refuses the properties %j', (properties, message) => {
  expect(() => new SafetyValidation(properties)).toThrow(message);
});

test('checks the rules of a module', async () => {
  const loadRules = [join(__dirname, 'rules.js')];
  const { violations } = await validate(POD, { rules: [], loadRules });
  expect(violations).toContainEqual(
    expect.objectContaining({
      ruleName: 'acme-named-volumes',
      recommendation: 'Volumes are named after their app. Other names collide.',
      fix: 'Prefix the name. In YAML: Prefix the name.',
    }),
  );
});
