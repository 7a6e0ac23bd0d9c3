import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { SafetyValidation } from '../../src';

type Properties = ConstructorParameters<typeof SafetyValidation>[0];

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  volumes:\n    - name: cache\n      emptyDir: {}\n';

/** What the plugin tells cdk8s-cli of a manifest. */
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

test('a finding is a violation with the name by which cdk8s-cli finds the construct', async () => {
  const { violations, submitted } = await validate(POD);
  expect(violations).toEqual([
    {
      ruleName: 'empty-dir-size-limit',
      recommendation: expect.stringMatching(/^every emptyDir has a size limit, for .*https:/),
      fix: expect.stringMatching(/PodVolume\.emptyDir.*; in YAML: .*sizeLimit/),
      violatingResources: [
        {
          resourceName: 'web',
          locations: ["line 6: Pod web: the emptyDir 'cache' has no size limit"],
          manifestPath: expect.stringMatching(/shop\.k8s\.yaml$/),
        },
      ],
    },
  ]);
  expect(submitted).toEqual(['failure', { objects: '1', errors: '1', warnings: '0', waived: '0', unreadable: '0' }]);
});

test('succeeds when nothing is found, or all of it is waived', async () => {
  expect((await validate(POD.replace('{}', '{sizeLimit: 1Gi}'))).submitted[0]).toBe('success');
  const { violations, submitted } = await validate(POD, { waivers: { 'empty-dir-size-limit': 'a test cluster only' } });
  expect([violations, submitted]).toEqual([[], ['success', expect.objectContaining({ waived: '1' })]]);
});

test('fails for a manifest that it cannot read, and says where', async () => {
  const { violations, submitted } = await validate('a: [\n');
  expect(violations).toMatchObject([
    { ruleName: 'unreadable', violatingResources: [{ locations: [expect.stringMatching(/shop\.k8s\.yaml:2:1$/)] }] },
  ]);
  expect(submitted[0]).toBe('failure');
});

test('logs waivers that leave nothing out', async () => {
  const annotated = (reason: string) =>
    POD.replace(
      '{name: web}',
      `{name: web, annotations: {waiver.cdk8s-storage-patterns/empty-dir-size-limit: ${reason}}}`,
    );
  expect(
    (await validate(annotated('the node is ours').replace('emptyDir: {}', 'emptyDir: {sizeLimit: 1Gi}'))).logged,
  ).toEqual([expect.stringMatching(/:3:\d+ the waiver of 'empty-dir-size-limit' finds nothing/)]);
  expect((await validate(annotated('because'))).logged).toEqual([expect.stringMatching(/gives the reason 'because'/)]);
});

test.each([
  [{ rules: ['empty-dir-limit'] }, /there is no rule 'empty-dir-limit'\. did you mean 'empty-dir-size-limit'\?/],
  [{ rules: ['cpu'] }, /there is no rule 'cpu'\. list them with/],
  [{ waivers: { 'empty-dir-size-limit': 'because' } }, /say why in at least three words/],
  [{ severity: 'fatal' as 'error' }, /there is no severity 'fatal'\. there are 'error' and 'warning'/],
  [
    { rule: ['empty-dir-size-limit'] } as Properties,
    /the properties have 'rule'\. there are 'rules', 'severity' and 'waivers'/,
  ],
])('refuses the properties %j', (properties, message) => {
  expect(() => new SafetyValidation(properties)).toThrow(message);
});
