import { ConfigMap } from 'cdk8s-plus-28';
import { ConfigRollout, EnvironmentVariables, SecretSource, ExistingRollout } from '../../src';
import { containerOf, kind, synth, workload } from '../synth';

const none = ExistingRollout.none('never changes here');
const withVariables = (...parts: EnvironmentVariables[]) =>
  synth(chart => parts.reduce((app, part) => app.add(part), workload(chart)));

test('variables of the program live in an immutable ConfigMap, so that a change rolls the pods', () => {
  const objects = withVariables(EnvironmentVariables.fromMap({ LEVEL: 'info', ZONE: 'b' }));
  const map = kind(objects, 'ConfigMap');
  expect(map).toMatchObject({ immutable: true, data: { LEVEL: 'info', ZONE: 'b' } });
  expect(containerOf(objects).env).toEqual(
    ['LEVEL', 'ZONE'].map(key => ({ name: key, valueFrom: { configMapKeyRef: { key, name: map.metadata.name } } })),
  );
});

test('variables from an existing ConfigMap or Secret are read by key, or all at once', () => {
  const objects = synth(chart =>
    workload(chart)
      .add(
        EnvironmentVariables.fromConfigMap(new ConfigMap(chart, 'shared', { data: { zone: 'b' } }), {
          rollout: ExistingRollout.reloader(),
          variables: { ZONE: 'zone' },
        }),
      )
      .add(EnvironmentVariables.fromConfigMapName('defaults', { rollout: ExistingRollout.reloader(), prefix: 'APP_' }))
      .add(
        EnvironmentVariables.fromSecret(SecretSource.fromName('tokens'), {
          rollout: none,
          variables: { TOKEN: 'token' },
        }),
      ),
  );
  expect(containerOf(objects).env).toEqual([
    { name: 'TOKEN', valueFrom: { secretKeyRef: { key: 'token', name: 'tokens' } } },
    { name: 'ZONE', valueFrom: { configMapKeyRef: { key: 'zone', name: 'test-shared' } } },
  ]);
  expect(containerOf(objects).envFrom).toEqual([{ prefix: 'APP_', configMapRef: { name: 'defaults' } }]);
  expect(kind(objects, 'Deployment').metadata.annotations).toEqual({
    'configmap.reloader.stakater.com/reload': 'defaults,test-shared',
  });
});

test.each([
  [() => EnvironmentVariables.fromMap({}), '[test/app/variables] It has no variables. Give it at least one'],
  [
    () => EnvironmentVariables.fromMap({ 'A B': '' }),
    "[test/app/variables] Environment variable 'A B' has no legal name. Use letters, digits, '_', '-' and '.', " +
      'not beginning with a digit',
  ],
  [
    () => EnvironmentVariables.fromMap({ A: '' }, { rollout: ConfigRollout.live() }),
    "[test/app/variables] Variables are read once, when a container starts, so 'live()' cannot be " +
      'kept. Choose a rollout that replaces the pods, or mount files',
  ],
  [
    () => EnvironmentVariables.fromMap({ URL: 'postgres://app:hunter2@db/shop' }),
    "[test/app/variables] 'URL' has a password in a URL on line 1, and everybody who may read ConfigMaps would " +
      'see it. Keep it in a Secret',
  ],
  [
    () => EnvironmentVariables.fromConfigMapName('m', { rollout: ExistingRollout.none('') }),
    "[test/app/m] The reason of 'none' is ''. Say why in at least three words",
  ],
  [
    () => EnvironmentVariables.fromMap({ A: '' }, { rollout: ConfigRollout.none('for now') }),
    "[test/app/variables] The reason of 'none' is 'for now'. Say why in at least three words",
  ],
  [
    () => EnvironmentVariables.fromConfigMapName('m', { rollout: none, variables: { A: 'b/c' } }),
    "[test/app/m] 'm' cannot have the key 'b/c'. Keys are letters, digits, '-', '_' and '.'",
  ],
  [
    () => EnvironmentVariables.fromSecret(SecretSource.fromName('No Name'), { rollout: none, id: 's' }),
    "[test/app/s] Secret 'No Name' is not an object's name. Use at most 253 lower-case letters, digits, '-' and " +
      "'.', beginning and ending with a letter or digit",
  ],
])('refused: %#', (variables, sentence) => {
  expect(() => withVariables(variables())).toThrow(sentence);
});
