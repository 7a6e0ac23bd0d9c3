import { ConfigMap } from 'cdk8s-plus-28';
import { ConfigRollout, ConfigVariables, SecretSource } from '../../src';
import { containerOf, kind, synth, workload } from '../synth';

const none = ConfigRollout.none('never changes here');
const withVariables = (...parts: ConfigVariables[]) =>
  synth(chart => parts.reduce((app, part) => app.add(part), workload(chart)));

test('variables of the program live in an immutable ConfigMap, so that a change rolls the pods', () => {
  const objects = withVariables(ConfigVariables.fromMap({ LEVEL: 'info', ZONE: 'b' }));
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
        ConfigVariables.fromConfigMap(new ConfigMap(chart, 'shared', { data: { zone: 'b' } }), {
          rollout: ConfigRollout.reloader(),
          variables: { ZONE: 'zone' },
        }),
      )
      .add(ConfigVariables.fromConfigMapName('defaults', { rollout: ConfigRollout.reloader(), prefix: 'APP_' }))
      .add(
        ConfigVariables.fromSecret(SecretSource.fromName('tokens'), { rollout: none, variables: { TOKEN: 'token' } }),
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
  [() => ConfigVariables.fromMap({}), '[test/app/variables] it has no variables. give it at least one'],
  [
    () => ConfigVariables.fromMap({ 'A B': '' }),
    "[test/app/variables] environment variable 'A B' has no legal name. use letters, digits, '_', '-' and '.', " +
      'not beginning with a digit',
  ],
  [
    () => ConfigVariables.fromMap({ A: '' }, { rollout: ConfigRollout.live() }),
    "[test/app/variables] variables are read once, when a container starts, so 'ConfigRollout.live()' cannot be " +
      'kept. choose a rollout that replaces the pods, or mount files',
  ],
  [
    () => ConfigVariables.fromMap({ URL: 'postgres://app:hunter2@db/shop' }),
    "[test/app/variables] 'URL' has a password in a URL on line 1, and everybody who may read ConfigMaps would " +
      'see it. keep it in a Secret',
  ],
  [
    () => ConfigVariables.fromConfigMapName('m', { rollout: ConfigRollout.checksum() }),
    "[test/app/m] 'm' is made elsewhere, so its content is not known here and 'ConfigRollout.checksum()' cannot " +
      "be kept. choose 'ConfigRollout.reloader()' or 'ConfigRollout.none(reason)'",
  ],
  [
    () => ConfigVariables.fromConfigMapName('m', { rollout: ConfigRollout.none('') }),
    "[test/app/m] 'ConfigRollout.none' gives the reason ''. say why in at least three words",
  ],
  [
    () => ConfigVariables.fromMap({ A: '' }, { rollout: ConfigRollout.none('for now') }),
    "[test/app/variables] 'ConfigRollout.none' gives the reason 'for now'. say why in at least three words",
  ],
  [
    () => ConfigVariables.fromConfigMapName('m', { rollout: none, variables: { A: 'b/c' } }),
    "[test/app/m] 'm' cannot have the key 'b/c'. keys are letters, digits, '-', '_' and '.'",
  ],
  [
    () => ConfigVariables.fromSecret(SecretSource.fromName('No Name'), { rollout: none, id: 's' }),
    "[test/app/s] Secret 'No Name' is not an object's name. use at most 253 lower-case letters, digits, '-' and " +
      "'.', beginning and ending with a letter or digit",
  ],
])('refused: %#', (variables, sentence) => {
  expect(() => withVariables(variables())).toThrow(sentence);
});
