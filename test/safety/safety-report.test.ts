import { ApiObject, App, Chart } from 'cdk8s';
import { OWNER_LABEL, OwnerLabel } from './fixtures';
import { SafetyAudit, SafetyRules } from '../../src';

function report() {
  const chart = new Chart(new App(), 'shop');
  SafetyRules.of(chart).add(
    new OwnerLabel({ constructFix: "Call 'addOwner'.", documentationUrl: 'https://acme.example' }),
  );
  new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
  return SafetyAudit.run(chart);
}

test('the text names the construct, the fix in constructs, and the rationale', () => {
  const text = report().toText();
  expect(text).toContain(
    "[shop/web] error acme-owner-label Deployment web: The Deployment has no owner label.\n    Fix: Call 'addOwner'.\n",
  );
  expect(text).toContain(
    `\nacme-owner-label: ${OWNER_LABEL.summary} ${OWNER_LABEL.rationale}\n    https://acme.example\n`,
  );
});

test('the Markdown names the construct and the fix in constructs', () => {
  expect(report().toMarkdown()).toContain(
    '| &#91;shop/web&#93; | acme-owner-label (error) | Deployment web: The Deployment has no owner label. | ' +
      "Call 'addOwner'. |",
  );
});

test('the JSON has the names of the public API', () => {
  const { findings, rules } = JSON.parse(report().toJson());
  expect(findings).toContainEqual({
    ruleId: 'acme-owner-label',
    severity: 'error',
    message: 'The Deployment has no owner label.',
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', constructPath: 'shop/web' },
    jsonPointer: '/metadata/labels',
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(rules).toContainEqual({
    ...OWNER_LABEL,
    profile: 'storage',
    constructFix: "Call 'addOwner'.",
    documentationUrl: 'https://acme.example',
  });
});

test('a rule without documentation has no link in any format', () => {
  const chart = new Chart(new App(), 'shop');
  SafetyRules.of(chart).add(new OwnerLabel());
  new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment' });
  const { findings } = SafetyAudit.run(chart);
  expect(findings.find(({ rule }) => rule.id === OWNER_LABEL.id)!.rule.documentationUrl).toBeUndefined();
  expect(SafetyAudit.run(chart).toText() + SafetyAudit.run(chart).toMarkdown()).not.toContain('undefined');
});
