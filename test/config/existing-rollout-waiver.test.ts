import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  EnvironmentVariables,
  ExistingRollout,
  IPodExtension,
  MountStyle,
  SafetyAudit,
  SecretSource,
  Waiver,
} from '../../src';
import { kind, synth } from '../synth';

const NONE = ExistingRollout.none('read once a day');
const items = [{ key: 'a', path: 'a' }];

/** The annotations of a workload and the waivers that the audit calls unused. */
function annotated(extensions: (chart: Chart) => IPodExtension[], waivers?: Waiver[]): any {
  let unused: string[] = [];
  const objects = synth(chart => {
    const app = new AppWorkload(chart, 'app', { image: 'acme/app:1.0.0', port: 8080, waivers });
    extensions(chart).forEach(extension => app.add(extension));
    const report = SafetyAudit.run(chart);
    unused = report.unusedWaivers.map(({ ruleId }) => ruleId);
    expect(report.findings.filter(({ rule }) => /config/.test(rule.id))).toEqual([]);
  });
  expect(unused).toEqual([]);
  return kind(objects, 'Deployment').metadata.annotations;
}

function map(chart: Chart): ConfigMap {
  return new ConfigMap(chart, 'shared', { metadata: { name: 'shared' }, data: { a: 'b' } });
}

test('waives the rule for variables from a ConfigMap of the app, even if it is defined later', () => {
  const extensions = (chart: Chart) => {
    const variables = EnvironmentVariables.fromConfigMapName('shared', { rollout: NONE });
    map(chart);
    return [variables];
  };
  expect(annotated(extensions)).toEqual({
    'waiver.cdk8s-storage-patterns/config-change-rolls-pods': 'read once a day',
  });
});

test('joins the reasons of several extensions', () => {
  const extensions = (chart: Chart) => {
    const shared = map(chart);
    const live = ConfigSource.fromConfigMap(shared, { rollout: ExistingRollout.live() });
    return [
      EnvironmentVariables.fromConfigMap(shared, { rollout: NONE }),
      new ConfigFiles({ sources: [live], mountPath: '/etc/shared' }),
    ];
  };
  expect(annotated(extensions)).toEqual({
    'waiver.cdk8s-storage-patterns/config-change-rolls-pods': 'read once a day; the app reads its files again',
  });
});

test('waives the rule on subPath for single files of a Secret', () => {
  const secret = ConfigSource.fromSecret(SecretSource.fromName('tls'), { rollout: NONE, items });
  expect(annotated(() => [new ConfigFiles({ sources: [secret], mountStyle: MountStyle.SUB_PATH })])).toEqual({
    'waiver.cdk8s-storage-patterns/no-sub-path-config': 'read once a day',
  });
});

test('records nothing for an object outside of the app, because no rule reports it', () => {
  expect(annotated(() => [EnvironmentVariables.fromConfigMapName('shared', { rollout: NONE })])).toBeUndefined();
});

test("keeps the user's waiver of the same rule", () => {
  const extensions = (chart: Chart) => [EnvironmentVariables.fromConfigMap(map(chart), { rollout: NONE })];
  expect(annotated(extensions, [Waiver.configChangeRollsPods('restarted every night')])).toEqual({
    'waiver.cdk8s-storage-patterns/config-change-rolls-pods': 'restarted every night',
  });
});
