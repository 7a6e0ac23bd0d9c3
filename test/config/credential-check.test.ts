import {
  ConfigFiles,
  ConfiguredApp,
  ConfigSource,
  EnvironmentVariables,
  InitScripts,
  IPodExtension,
  LogCollector,
  LogShipping,
  LogShippingProps,
  LogSink,
  Waiver,
} from '../../src';
import { checkNoCredentials } from '../../src/config/credential-check';
import { PRIVATE_KEY } from '../checks/credential-kinds';
import { objectsOf, REDIS } from '../database/fixtures';
import { DEFAULTS, logged } from '../logging/fixtures';
import { auditWith } from '../safety/rules/fixtures';
import { APP, synth, workload } from '../synth';

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

test('finds credentials in bytes', () => {
  const entry = { path: 'a.bin', content: Buffer.from(TOKEN) };
  expect(() => synth(chart => checkNoCredentials(chart, [entry]))).toThrow("'a.bin' contains a GitHub token on line 1");
});

const database = (props: object) => () => objectsOf(props);
const shipping = (props: object) => () => logged(props);
const bytes = (...head: number[]) => Buffer.from([...head, ...new Array(60).fill(7)]).toString('base64');
const binary = (content: string) => rendering(new ConfigFiles({ sources: [ConfigSource.binary('a.bin', content)] }));

test.each<[string, () => unknown, string]>([
  [
    'an init script',
    database({ initScripts: InitScripts.fromInline({ 'a.sql': "CREATE ROLE a PASSWORD 'hunter2';" }) }),
    "'a.sql' contains a password in SQL",
  ],
  [
    'a setting of a database',
    database({ settings: { archive_command: `push --token=${TOKEN} %p` } }),
    'contains a GitHub token',
  ],
  [
    'a setting of a database by its name',
    database({ engine: REDIS, settings: { masterauth: 'hunter2hunter2' } }),
    "contains the credential 'masterauth'",
  ],
  [
    'a raw sink',
    shipping({ sinks: [LogSink.raw({ plugin: 'splunk_hec', config: { token: 'hunter2-hunter2' } })] }),
    "contains the credential 'token'",
  ],
  [
    'a file of a custom collector',
    shipping({
      collector: LogCollector.custom({
        name: 'rsyslog',
        image: 'acme/rsyslog:8.1',
        healthPort: 8080,
        files: { 'a.conf': PRIVATE_KEY },
      }),
    }),
    "'a.conf' contains a private key",
  ],
  ['a variable', rendering(EnvironmentVariables.fromMap({ REDISCLI_AUTH: 'hunter2' })), "'REDISCLI_AUTH' looks like"],
  ['bytes of a keystore', binary(bytes(0xfe, 0xed, 0xfe, 0xed)), "'a.bin' contains a Java keystore"],
  ['bytes of a key', binary(bytes(0x30, 0x82, 4, 0xbd, 2, 1, 0)), "'a.bin' contains a private key"],
  ['bytes of a PKCS#12 file', binary(bytes(0x30, 0x82, 4, 0xbd, 2, 1, 3)), "'a.bin' contains a PKCS#12 keystore"],
  ['a PEM in UTF-16', binary(Buffer.from(PRIVATE_KEY, 'utf16le').toString('base64')), "'a.bin' contains a private key"],
  ['a PEM with NUL', binary(Buffer.from(`\0${PRIVATE_KEY}`).toString('base64')), "'a.bin' contains a private key"],
])('refuses a credential in %s, and does not print it', (_, define, error) => {
  expect(define).toThrow(error);
  expect(define).not.toThrow('hunter2');
  expect(define).not.toThrow(TOKEN);
});

describe('a waiver lies on the ConfigMap that it is about', () => {
  const waivers = [Waiver.noCredentialInConfigMap('a value for this test')];
  const app = (extension: IPodExtension) => () => synth(chart => workload(chart, { waivers }).add(extension));
  const shipped = (props: Partial<LogShippingProps>) => () =>
    synth(chart => workload(chart, { waivers }).add(new LogShipping({ ...DEFAULTS, ...props })));

  test.each<[string, () => any[]]>([
    ['a file of a workload', app(files('a.txt', TOKEN))],
    ['bytes', app(new ConfigFiles({ sources: [ConfigSource.binary('a.bin', bytes(0xfe, 0xed, 0xfe, 0xed))] }))],
    ['data', app(new ConfigFiles({ sources: [ConfigSource.toml('a.toml', { db: { password: 'hunter2' } })] }))],
    ['variables', app(EnvironmentVariables.fromMap({ DB_PASSWORD: 'hunter2' }))],
    [
      'files of a configured app',
      () =>
        synth(
          chart =>
            new ConfiguredApp(chart, 'app', {
              ...APP,
              waivers,
              config: new ConfigFiles({ sources: [ConfigSource.text('f', TOKEN)] }),
            }),
        ),
    ],
    ['a raw sink', shipped({ sinks: [LogSink.raw({ plugin: 'splunk_hec', config: { token: 'hunter2-hunter2' } })] })],
    [
      'a file of a custom collector',
      shipped({
        collector: LogCollector.custom({
          name: 'rsyslog',
          image: 'acme/rsyslog:8.1',
          healthPort: 9000,
          files: { 'a.conf': PRIVATE_KEY },
        }),
      }),
    ],
    [
      'a setting of a database',
      () => objectsOf({ waivers, settings: { archive_command: `push --token=${TOKEN} %p` } }),
    ],
    [
      'an init script',
      () =>
        objectsOf({ waivers, initScripts: InitScripts.fromInline({ 'a.sql': `ALTER ROLE a PASSWORD '${TOKEN}';` }) }),
    ],
  ])('for %s, and the audit knows it', (_, define) => {
    const objects = define();
    const { findings, unusedWaivers } = auditWith(
      'no-credential-in-config-map',
      objects.map(object => JSON.stringify(object)).join('\n---\n'),
    );
    expect(findings.map(({ object, reason }) => [object.kind, reason])).toEqual([
      ['ConfigMap', 'a value for this test'],
    ]);
    expect(unusedWaivers).toEqual([]);
  });
});

describe('a waiver', () => {
  const waivers = [Waiver.noCredentialInConfigMap('a value for this test')];
  const objects = synth(chart => {
    const app = workload(chart, { waivers });
    app.add(files('a.txt', TOKEN));
    app.add(EnvironmentVariables.fromMap({ LEVEL: 'info' }));
  });
  const annotated = (object: any) =>
    Object.keys(object.metadata.annotations ?? {}).includes(
      'waiver.cdk8s-storage-patterns/no-credential-in-config-map',
    );

  test('is an annotation of the ConfigMap that it is about, and of no other object', () => {
    expect(objects.filter(annotated).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      expect.stringMatching(/^ConfigMap\/.*-config-/),
    ]);
  });

  test('is neither unused nor needed twice in an audit of the manifests', () => {
    const yaml = objects.map(object => JSON.stringify(object)).join('\n---\n');
    const { findings, unusedWaivers } = auditWith('no-credential-in-config-map', yaml);
    expect(findings.map(({ reason }) => reason)).toEqual(['a value for this test']);
    expect(unusedWaivers).toEqual([]);
  });

  test('counts in an audit of the ConfigMap without its workload', () => {
    const yaml = JSON.stringify(objects.find(annotated));
    expect(auditWith('no-credential-in-config-map', yaml).findings.map(({ reason }) => reason)).toEqual([
      'a value for this test',
    ]);
  });
});
