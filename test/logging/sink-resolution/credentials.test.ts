import { LogAuth, LogCollector, LogSink, SecretSource } from '../../../src';
import { podOf } from '../../synth';
import { COLLECTORS, collectorOf, configOf, logged, SINKS } from '../fixtures';

const secret = SecretSource.fromName('sink');
const s3 = (name: string, from: SecretSource) =>
  LogSink.s3({ name, bucket: 'logs', region: 'eu-west-1', auth: LogAuth.accessKey({ secret: from }) });

test.each(Object.keys(COLLECTORS))('%s reads credentials from files', name => {
  const objects = logged({ collector: COLLECTORS[name].collector, sinks: [SINKS.loki[0]] });
  const { volumes } = podOf(objects);
  expect(volumes.find((volume: any) => volume.name === 'logs-credentials').projected).toEqual({
    defaultMode: 0o440,
    sources: [
      { secret: { name: 'sink', items: [{ key: 'username', path: 'loki/USERNAME' }] } },
      { secret: { name: 'sink', items: [{ key: 'password', path: 'loki/PASSWORD' }] } },
    ],
  });
  expect(collectorOf(objects).volumeMounts).toContainEqual({
    name: 'logs-credentials',
    mountPath: '/etc/log-collector-credentials',
    readOnly: true,
  });
  expect(configOf(objects)).toContain('loki/PASSWORD');
  expect(JSON.stringify(collectorOf(objects).env)).not.toContain('secretKeyRef');
});

test('Fluent Bit reads the access key of S3 from variables, which all sinks share', () => {
  const collector = LogCollector.fluentBit();
  const variables = (key: string) => ({ valueFrom: { secretKeyRef: { name: 'sink', key } } });
  expect(collectorOf(logged({ collector, sinks: [s3('a', secret), s3('b', secret)] })).env).toEqual(
    expect.arrayContaining([
      { name: 'AWS_ACCESS_KEY_ID', ...variables('access-key-id') },
      { name: 'AWS_SECRET_ACCESS_KEY', ...variables('secret-access-key') },
    ]),
  );
  expect(() => logged({ collector, sinks: [s3('a', secret), s3('b', SecretSource.fromName('other'))] })).toThrow(
    "[test/app/logs] Two sinks set the variable 'AWS_ACCESS_KEY_ID' from different Secrets. Use the same Secret in " +
      'both sinks, because Fluent Bit reads this variable for all sinks.',
  );
});

test('refuses two variables with one name', () => {
  const raw = (name: string) =>
    LogSink.raw({ name, plugin: 'splunk', env: { TOKEN: { secret: SecretSource.fromName(name), key: 'token' } } });
  expect(() => logged({ sinks: [raw('a'), raw('b')] })).toThrow(
    "[test/app/logs] Two sinks set the variable 'TOKEN' from different Secrets. Rename one of the variables.",
  );
});

test('refuses a credential without a Secret', () => {
  expect(() => LogAuth.bearer({} as any)).toThrow(
    "[LogAuth.bearer] Required prop 'secret' is missing. Set it, for example 'secret: SecretSource.fromName(",
  );
});

test('refuses a variable without a Secret', () => {
  const sink = LogSink.raw({ plugin: 'file', env: { TOKEN: { key: 'token' } as any } });
  expect(() => logged({ sinks: [sink] })).toThrow(
    "[test/app/logs] 'sinks[0].env.TOKEN' has no 'secret'. Set it, for example 'secret: SecretSource.fromName(name)'.",
  );
});
