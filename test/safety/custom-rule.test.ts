import { ApiObject, App, Chart } from 'cdk8s';
import { OWNER_LABEL, OwnerLabel } from './fixtures';
import { SafetyAudit, SafetyProblem, SafetyResource, SafetyRules } from '../../src';

const own = (report: ReturnType<typeof SafetyAudit.run>) =>
  report.findings.filter(({ rule }) => rule.id === OWNER_LABEL.id);

function deployment(chart: Chart): ApiObject {
  return new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
}

describe('a check', () => {
  const audit = (check: (resources: SafetyResource[]) => SafetyProblem[]) => {
    const chart = new Chart(new App(), 'shop');
    deployment(chart);
    SafetyRules.of(chart).add({ definition: OWNER_LABEL, check });
    return own(SafetyAudit.run(chart));
  };
  const problem = { jsonPointer: '/metadata', message: 'The name is wrong.' };

  test('receives copies of the manifests', () => {
    const find = ([{ manifest }]: SafetyResource[]) => {
      delete manifest.metadata;
      return [];
    };
    const chart = new Chart(new App(), 'shop');
    deployment(chart);
    SafetyRules.of(chart).add({ definition: { ...OWNER_LABEL, id: 'acme-first' }, check: find });
    SafetyRules.of(chart).add(new OwnerLabel());
    expect(own(SafetyAudit.run(chart))).toHaveLength(1);
  });

  test('can return a copy of a resource, which other languages do', () => {
    const copy = ({ apiVersion, kind, name }: SafetyResource) => ({ apiVersion, kind, name, manifest: undefined });
    expect(audit(([resource]) => [{ ...problem, resource: copy(resource) }])).toMatchObject([
      { resource: { constructPath: 'shop/web' }, jsonPointer: '/metadata' },
    ]);
  });

  test('reports sentences', () => {
    expect(audit(([resource]) => [{ ...problem, resource, message: 'the name is wrong' }])).toMatchObject([
      { message: 'The name is wrong.' },
    ]);
  });

  test.each<[string, (resources: SafetyResource[]) => SafetyProblem[], string]>([
    [
      'throws',
      ([{ manifest }]) => manifest.spec.replicas,
      "Rule 'acme-owner-label' failed: Cannot read properties of undefined (reading 'replicas'). Fix its 'check'.",
    ],
    [
      'returns a Promise',
      async () => [],
      "Rule 'acme-owner-label' returns a Promise instead of a list of problems. Return an array from 'check'.",
    ] as any,
    [
      'returns nothing',
      () => undefined as any,
      "Rule 'acme-owner-label' returns 'undefined' instead of a list of problems.",
    ],
    [
      'reports an unknown resource',
      ([resource]) => [{ ...problem, resource: { ...resource, namespace: 'live', name: 'gone' } }],
      "Rule 'acme-owner-label' reports a problem of Deployment live/gone, which is not among the checked resources. " +
        "Set 'resource' to one of the resources that 'check' receives.",
    ],
    [
      'reports no resource',
      () => [problem as SafetyProblem],
      "Rule 'acme-owner-label' reports a problem without a 'resource'.",
    ],
    ['reports null', () => [null as any], "Rule 'acme-owner-label' reports a problem without a 'resource'."],
    [
      'reports a path in place of a JSON pointer',
      ([resource]) => [{ ...problem, resource, jsonPointer: 'metadata.name' }],
      "Rule 'acme-owner-label' reports the invalid JSON pointer 'metadata.name'. Begin it with '/', and write",
    ],
    [
      'reports a JSON pointer with an unescaped character',
      ([resource]) => [{ ...problem, resource, jsonPointer: '/metadata/a~b' }],
      "reports the invalid JSON pointer '/metadata/a~b'",
    ],
    [
      'reports no message',
      ([resource]) => [{ ...problem, resource, message: '' }],
      "Rule 'acme-owner-label' reports a problem of Deployment web without a 'message'. " +
        "Set 'message' to a full sentence.",
    ],
  ])('that %s fails the audit with a sentence', (_, check, message) => {
    expect(() => audit(check)).toThrow(message);
  });

  test('that throws keeps the cause', () => {
    const cause = new Error('no connection');
    let thrown: unknown;
    try {
      audit(() => {
        throw cause;
      });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ cause });
  });
});
