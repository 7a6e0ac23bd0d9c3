import { ConfigMap } from 'cdk8s-plus-28';
import { ConfigRollout, EnvironmentVariables, SecretSource, ExistingRollout } from '../../src';
import { containerOf, kind, synth, workload } from '../synth';

const none = ExistingRollout.none('never changes here');
const withVariables = (variables: EnvironmentVariables) => synth(chart => workload(chart).add(variables));

test('fromMap refers to the keys of an immutable ConfigMap', () => {
  const objects = withVariables(EnvironmentVariables.fromMap({ LEVEL: 'info', ZONE: 'b' }));
  const map = kind(objects, 'ConfigMap');
  expect(map).toMatchObject({ immutable: true, data: { LEVEL: 'info', ZONE: 'b' } });
  expect(containerOf(objects).env).toEqual(
    ['LEVEL', 'ZONE'].map(key => ({ name: key, valueFrom: { configMapKeyRef: { key, name: map.metadata.name } } })),
  );
});

test('fromConfigMap, fromConfigMapName and fromSecret refer to single keys or to all keys', () => {
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

test('fromMap sets a checksum of the values', () => {
  const template = (level: string) =>
    kind(
      withVariables(EnvironmentVariables.fromMap({ LEVEL: level }, { rollout: ConfigRollout.checksum() })),
      'Deployment',
    ).spec.template;
  expect(template('info').metadata.annotations).toEqual({
    'checksum/variables': expect.stringMatching(/^[0-9a-f]{10}$/),
  });
  expect(template('debug').metadata.annotations).not.toEqual(template('info').metadata.annotations);
});

const LIVE =
  "'rollout' is 'live()', but containers only read variables at their start. Use a rollout that replaces the " +
  'pods, or ' +
  'mount ConfigFiles.';

test.each([
  [
    'no variables',
    () => EnvironmentVariables.fromMap({}),
    "[test/app/variables] 'values' is empty. Add a variable or omit the extension.",
  ],
  [
    'an invalid name',
    () => EnvironmentVariables.fromMap({ 'A B': '' }),
    "[test/app/variables] Invalid name 'A B' of an environment variable. Use letters, digits, '_', '-' and '.', and " +
      "do not start with a digit or '..'.",
  ],
  [
    'a value that is not a string',
    () => EnvironmentVariables.fromMap({ PORT: 8080 as any }),
    "[test/app/variables] The value of variable 'PORT' is not a string, but a number. Use a string.",
  ],
  [
    'a value that kubectl misreads',
    () => EnvironmentVariables.fromMap({ MODE: '0o17' }),
    '[test/app/variables] Variable \'MODE\' is "0o17", which kubectl misreads in YAML because it looks like a ' +
      'number. ' +
      'Use another value, or keep it in a file or a Secret.',
  ],
  [
    'a credential by its name',
    () => EnvironmentVariables.fromMap({ DB_PASSWORD: 'hunter2' }),
    "[test/app/variables] 'DB_PASSWORD' looks like a credential, but ConfigMaps are not secret. Keep it in a " +
      'Secret and read it with',
  ],
  [
    'a credential',
    () => EnvironmentVariables.fromMap({ URL: 'postgres://app:hunter2@db/shop' }),
    "[test/app/variables] 'URL' contains a password in a URL on line 1, but ConfigMaps are not secret. Keep it in a " +
      'Secret',
  ],
  [
    'a live rollout',
    () => EnvironmentVariables.fromMap({ A: '' }, { rollout: ConfigRollout.live() }),
    `[test/app/variables] ${LIVE}`,
  ],
  [
    'a live rollout of an existing object',
    () => EnvironmentVariables.fromConfigMapName('m', { rollout: ExistingRollout.live() }),
    `[test/app/m] ${LIVE}`,
  ],
  [
    'a short reason',
    () => EnvironmentVariables.fromMap({ A: '' }, { rollout: ConfigRollout.none('for now') }),
    "[test/app/variables] The reason 'for now' for 'none' is too short. Explain why in at least three words.",
  ],
  [
    'a short reason for an existing object',
    () => EnvironmentVariables.fromConfigMapName('m', { rollout: ExistingRollout.none('') }),
    "[test/app/m] The reason '' for 'none' is too short. Explain why in at least three words.",
  ],
  [
    'an invalid key',
    () => EnvironmentVariables.fromConfigMapName('m', { rollout: none, variables: { A: 'b/c' } }),
    "[test/app/m] Invalid key 'b/c' of ConfigMap 'm'. Use at most 253 letters, digits, '-', '_' and '.', and do not " +
      "start with '..'.",
  ],
  [
    'an invalid name of a Secret',
    () => EnvironmentVariables.fromSecret(SecretSource.fromName('No Name'), { rollout: none, id: 's' }),
    "[test/app/s] Invalid name 'No Name' for the Secret. Use at most 253 lowercase letters, digits, '-' and '.', " +
      'starting and ending with a letter or digit.',
  ],
])('refuses %s', (_, variables, error) => {
  expect(() => withVariables(variables())).toThrow(error);
});
