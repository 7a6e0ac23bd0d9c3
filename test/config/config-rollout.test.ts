import { configured, expectRefusal, text } from './fixtures';
import { ConfigRollout, ConfigSource, ExistingRollout, MountStyle } from '../../src';
import { kind } from '../synth';

const deployment = (objects: any[]) => kind(objects, 'Deployment');
const changed = ConfigSource.text('app.conf', 'a = 2\n');

test('immutable changes the name of the ConfigMap in the pod template, and nothing else', () => {
  const [before, after] = [text, changed].map(source => configured({ sources: [source] }));
  const [oldName, newName] = [before, after].map(objects => kind(objects, 'ConfigMap').metadata.name);
  expect(newName).not.toBe(oldName);
  const normalized = (objects: any[], name: string, content: string) =>
    JSON.stringify(objects).split(name).join('NAME').replace(JSON.stringify(content), '""');
  expect(normalized(after, newName, 'a = 2\n')).toBe(normalized(before, oldName, 'a = 1\n'));
  expect(JSON.stringify(deployment(before).spec.template)).toContain(oldName);
});

test('immutable keeps the old ConfigMap if GitOps tools prune, for pods that still mount it', () => {
  expect(kind(configured({ sources: [text] }), 'ConfigMap').metadata.annotations).toEqual({
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    'argocd.argoproj.io/sync-options': 'Prune=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});

test('checksum changes an annotation of the pods and keeps the name', () => {
  const [before, after] = [text, changed].map(source =>
    configured({ sources: [source], rollout: ConfigRollout.checksum() }),
  );
  for (const objects of [before, after]) {
    expect(kind(objects, 'ConfigMap').metadata.name).toBe('test-app-app-config');
    expect(kind(objects, 'ConfigMap').immutable).toBeUndefined();
  }
  const annotations = [before, after].map(objects => deployment(objects).spec.template.metadata.annotations);
  expect(annotations).toEqual(Array(2).fill({ 'checksum/app-config': expect.stringMatching(/^[0-9a-f]{10}$/) }));
  expect(annotations[0]).not.toEqual(annotations[1]);
});

test.each([ConfigRollout.live(), ConfigRollout.none('read once a day')])(
  '%j does not change the Deployment',
  rollout => {
    const [before, after] = [text, changed].map(source => configured({ sources: [source], rollout }));
    expect(deployment(after)).toEqual(deployment(before));
  },
);

test('reloader annotates the Deployment', () => {
  const objects = configured({ sources: [text], rollout: ConfigRollout.reloader() });
  expect(deployment(objects).metadata.annotations).toEqual({
    'configmap.reloader.stakater.com/reload': 'test-app-app-config',
  });
});

test.each(['because', '', undefined as any])('none refuses the reason %p', reason => {
  const error = `The reason '${reason ?? ''}' for 'none' is too short. Explain why in at least three words.`;
  expectRefusal({ sources: [text], rollout: ConfigRollout.none(reason) }, error);
  expectRefusal(
    { sources: [ConfigSource.fromConfigMapName('shared', { rollout: ExistingRollout.none(reason) })] },
    error,
  );
});

test.each([
  [MountStyle.DIRECTORY, 'config-change-rolls-pods'],
  [MountStyle.SUB_PATH, 'no-sub-path-config'],
])('none with mount style %s waives %s on the ConfigMap', (mountStyle, rule) => {
  const objects = configured({ sources: [text], mountStyle, rollout: ConfigRollout.none('read once a day') });
  expect(kind(objects, 'ConfigMap').metadata.annotations).toEqual({
    [`waiver.cdk8s-storage-patterns/${rule}`]: 'read once a day',
  });
});
