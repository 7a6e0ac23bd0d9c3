import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { OwnerLabel, OWNER_LABEL } from './fixtures';
import { ISafetyRule, SafetyAudit, SafetyProfile, SafetyRules, SafetySeverity, Waiver } from '../../src';
import { workload } from '../synth';

const WAIVER = 'waiver.cdk8s-storage-patterns/acme-owner-label';

function deployment(chart: Chart, id: string, metadata = {}): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: id, ...metadata } });
}

const own = (report: ReturnType<typeof SafetyAudit.run>) =>
  report.findings.filter(({ rule }) => rule.id === OWNER_LABEL.id);

describe('the audit', () => {
  test('checks the objects of any part of an app against a rule of the app', () => {
    const app = new App();
    const [shop, billing] = ['shop', 'billing'].map(id => new Chart(app, id));
    deployment(shop, 'web', { namespace: 'live' });
    deployment(billing, 'invoices', { labels: { 'acme.example/owner': 'billing' } });
    SafetyRules.of(app).add(new OwnerLabel());

    const expected = {
      rule: { ...OWNER_LABEL, profile: 'storage', constructFix: OWNER_LABEL.yamlFix, documentationUrl: undefined },
      severity: SafetySeverity.ERROR,
      resource: expect.objectContaining({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'live',
        name: 'web',
        constructPath: 'shop/web',
      }),
      jsonPointer: '/metadata/labels',
      message: 'The Deployment has no owner label.',
      waiverReason: undefined,
    };
    expect(own(SafetyAudit.run(app))).toEqual([expected]);
    expect(own(SafetyAudit.run(shop))).toEqual([expected]);
    expect(own(SafetyAudit.run(billing))).toEqual([]);
  });

  test('applies the rule of a chart to that chart only', () => {
    const app = new App();
    const [shop, billing] = ['shop', 'billing'].map(id => new Chart(app, id));
    deployment(shop, 'web');
    deployment(billing, 'invoices');
    SafetyRules.of(shop).add(new OwnerLabel());
    expect(own(SafetyAudit.run(app)).map(({ resource }) => resource.name)).toEqual(['web']);
    expect(own(SafetyAudit.run(billing))).toEqual([]);
  });

  test('lists a rule once that several charts add', () => {
    const app = new App();
    for (const id of ['live', 'staging']) {
      const chart = new Chart(app, id);
      deployment(chart, 'web');
      SafetyRules.of(chart).add(new OwnerLabel());
    }
    const report = SafetyAudit.run(app);
    expect(own(report).map(({ resource }) => resource.constructPath)).toEqual(['live/web', 'staging/web']);
    expect(JSON.parse(report.toJson()).rules.filter(({ id }: { id: string }) => id === OWNER_LABEL.id)).toEqual([
      { ...OWNER_LABEL, constructFix: OWNER_LABEL.yamlFix },
    ]);
  });

  test('lists the built-in rules only', () => {
    const app = new App();
    SafetyRules.of(app).add(new OwnerLabel());
    expect(SafetyAudit.rules.map(({ id }) => id)).not.toContain(OWNER_LABEL.id);
    expect(SafetyRules.of(new Chart(app, 'shop')).definitions).toEqual([OWNER_LABEL]);
  });
});

describe('synthesis', () => {
  test('fails for an error, and states where it is and what to do', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    deployment(chart, 'web');
    SafetyRules.of(app).add(new OwnerLabel());
    expect(() => Testing.synth(chart)).toThrow(
      "Deployment web at 'shop/web': The Deployment has no owner label. Set the label 'acme.example/owner'. " +
        `Or waive it with the annotation '${WAIVER}: <reason>'.`,
    );
  });

  test('prints a warning once, and succeeds', () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const chart = Testing.chart();
    deployment(chart, 'web');
    new Chart(chart, 'other');
    SafetyRules.of(chart).add(new OwnerLabel({ severity: SafetySeverity.WARNING }));
    App.of(chart).synth();
    expect(emitWarning.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(/^\[test\] Deployment web at 'test\/web': The Deployment has no owner label\. Set/),
    ]);
    emitWarning.mockRestore();
  });

  test('checks unchanged manifests once, although cdk8s validates once for each chart', () => {
    const app = Testing.app();
    const charts = ['a', 'b', 'c'].map(id => new Chart(app, id));
    const web = deployment(charts[0], 'web', { labels: { 'acme.example/owner': 'shop' } });
    const rule = new OwnerLabel();
    const check = jest.spyOn(rule, 'check');
    SafetyRules.of(app).add(rule);
    app.synth();
    expect(check).toHaveBeenCalledTimes(1);
    web.addJsonPatch(JsonPatch.remove('/metadata/labels/acme.example~1owner'));
    expect(() => app.synth()).toThrow('has no owner label');
    web.addJsonPatch(JsonPatch.add('/metadata/labels', { 'acme.example/owner': 'shop' }));
    expect(() => app.synth()).not.toThrow();
  });

  test('sees a change of metadata after a synthesis', async () => {
    const chart = Testing.chart();
    const web = deployment(chart, 'web');
    SafetyRules.of(chart).add(new OwnerLabel({}, ({ manifest }) => manifest.metadata.labels?.owner !== 'nobody'));
    expect(() => Testing.synth(chart)).not.toThrow();
    await Promise.resolve();
    web.metadata.addLabel('owner', 'nobody');
    expect(() => Testing.synth(chart)).toThrow('has no owner label');
    web.metadata.addLabel('owner', 'shop');
    expect(() => Testing.synth(chart)).not.toThrow();
  });

  test('checks a rule that is added after a synthesis', () => {
    const chart = Testing.chart();
    deployment(chart, 'web', { labels: { 'acme.example/owner': 'shop' } });
    SafetyRules.of(chart).add(new OwnerLabel());
    expect(() => Testing.synth(chart)).not.toThrow();
    SafetyRules.of(chart).add(new OwnerLabel({ id: 'acme-no-deployment' }, () => false));
    expect(() => Testing.synth(chart)).toThrow("annotation 'waiver.cdk8s-storage-patterns/acme-no-deployment");
  });
});

describe('a waiver', () => {
  test('as an annotation applies to any object', () => {
    const chart = Testing.chart();
    deployment(chart, 'web', { annotations: { [WAIVER]: 'the demo has no owner' } });
    SafetyRules.of(chart).add(new OwnerLabel());
    expect(() => Testing.synth(chart)).not.toThrow();
    const { waived, unusedWaivers, invalidWaivers } = SafetyAudit.run(chart);
    expect(waived).toMatchObject([{ rule: { id: OWNER_LABEL.id }, waiverReason: 'the demo has no owner' }]);
    expect([unusedWaivers, invalidWaivers]).toEqual([[], []]);
  });

  test('of a workload applies to all of its objects', () => {
    const chart = Testing.chart();
    SafetyRules.of(chart).add(new OwnerLabel({}, undefined, ['Deployment', 'Service']));
    workload(chart, { waivers: [Waiver.of(OWNER_LABEL.id, 'the demo has no owner')] });
    expect(() => Testing.synth(chart)).not.toThrow();
    const { waived, unusedWaivers } = SafetyAudit.run(chart);
    expect(waived.map(({ resource }) => resource.kind).sort()).toEqual(['Deployment', 'Service']);
    expect(unusedWaivers).toEqual([]);
  });

  test('of a workload is refused if the rule is unknown there', () => {
    const chart = Testing.chart();
    const waivers = [Waiver.of(OWNER_LABEL.id, 'the demo has no owner')];
    SafetyRules.of(new Chart(chart, 'other')).add(new OwnerLabel());
    expect(() => workload(chart, { waivers })).toThrow(
      "[test/app] Unknown rule 'acme-owner-label'. List the rules with 'cdk8s-storage-patterns rules'. " +
        "Add a rule of your own with 'SafetyRules.of(scope).add(rule)' before the workload.",
    );
  });

  test('of a workload that matches nothing is unused', () => {
    const chart = Testing.chart();
    SafetyRules.of(chart).add(new OwnerLabel({}, undefined, ['CronJob']));
    workload(chart, { waivers: [Waiver.of(OWNER_LABEL.id, 'the demo has no owner')] });
    expect(SafetyAudit.run(chart).unusedWaivers).toMatchObject([
      { ruleId: OWNER_LABEL.id, resource: { kind: 'Deployment' }, problem: undefined },
    ]);
  });
});

describe('adding a rule', () => {
  const add = (rule: ISafetyRule) => () => SafetyRules.of(new Chart(new App(), 'shop')).add(rule);

  test.each<[string, ISafetyRule, string]>([
    [
      'an id in camel case',
      new OwnerLabel({ id: 'ownerLabel' }),
      "[shop] Invalid rule id 'ownerLabel'. Use up to 63 lowercase letters, digits and hyphens, for example",
    ],
    ['an id that is too long for an annotation', new OwnerLabel({ id: 'a'.repeat(64) }), 'Invalid rule id'],
    [
      'the id of a built-in rule',
      new OwnerLabel({ id: 'pinned-image' }),
      "[shop] Rule id 'pinned-image' is the id of a built-in rule. Choose another id, for example 'acme-pinned-image'.",
    ],
    [
      'no rationale',
      new OwnerLabel({ rationale: ' ' }),
      "[shop] Rule 'acme-owner-label' has no 'rationale'. Set 'rationale' to a full sentence.",
    ],
    [
      'an unknown profile',
      new OwnerLabel({ profile: 'all' as SafetyProfile }),
      "[shop] The 'profile' of rule 'acme-owner-label' is 'all'. Use 'storage' or 'hygiene'.",
    ],
    [
      'an unknown severity',
      new OwnerLabel({ severity: 'fatal' as SafetySeverity }),
      "[shop] The 'severity' of rule 'acme-owner-label' is 'fatal'. Use 'error', 'warning' or 'info'.",
    ],
    [
      'no definition',
      {} as ISafetyRule,
      "[shop] A rule has no 'definition' with an 'id'. Set 'definition' to an object",
    ],
    ['no rule', undefined as unknown as ISafetyRule, "[shop] A rule has no 'definition' with an 'id'."],
    ['no check', { definition: OWNER_LABEL } as ISafetyRule, "[shop] Rule 'acme-owner-label' has no 'check'."],
  ])('refuses %s', (_, rule, message) => {
    expect(add(rule)).toThrow(message);
  });

  test('refuses a rule that already applies to the scope or to a scope below it', () => {
    const message = "Rule 'acme-owner-label' is added twice. Add it once, to the outermost scope that it applies to.";
    const app = new App();
    const chart = new Chart(app, 'shop');
    SafetyRules.of(chart).add(new OwnerLabel());
    for (const scope of [app, chart, new Chart(chart, 'web')]) {
      expect(() => SafetyRules.of(scope).add(new OwnerLabel())).toThrow(message);
    }
    expect(() => SafetyRules.of(new Chart(app, 'billing')).add(new OwnerLabel())).not.toThrow();
  });
});
