import { Size } from 'cdk8s';
import { parse } from 'yaml';
import {
  ConfigFiles, ConfigSource, ConfiguredApp, HealthCheck, KubernetesVersion, LogAuth, LogFormat, LoggedApp, LogMultiline,
  LogShipping, LogShippingProps, LogSink, LogTls, PodVolume, SecretSource,
} from '../../src';
import { podOf, synth } from '../synth';
import { collectorOf, configOf, DEFAULTS, logged } from './fixtures';

const app = { image: 'acme/app:1.0.0', port: 8080 };
const otlp = (options = {}) => LogSink.otlp({ url: 'https://otlp.example.com', auth: LogAuth.none('inside of the mesh'), ...options });
const yamlOf = (objects: any[]) => parse(configOf(objects));

describe('a logged app', () => {
  test('the smallest use', () => {
    expect(logged()).toMatchSnapshot();
  });

  test('shares a bounded directory with a collector that reads it, and keeps its own state in another', () => {
    const objects = logged();
    expect(podOf(objects).volumes).toEqual(expect.arrayContaining([
      { name: 'logs', emptyDir: { sizeLimit: '50Mi' } },
      { name: 'logs-state', emptyDir: { sizeLimit: '20Mi' } },
    ]));
    expect(podOf(objects).containers[0].volumeMounts).toContainEqual({ name: 'logs', mountPath: '/var/log/app' });
    expect(collectorOf(objects).volumeMounts).toEqual([
      { name: 'logs-config', mountPath: '/etc/log-collector', readOnly: true },
      { name: 'logs-state', mountPath: '/var/lib/log-collector' },
      { name: 'logs', mountPath: '/var/log/app', readOnly: true },
    ]);
  });

  test('has a collector that starts before it, ends after it, and has the time to hand over what it holds', () => {
    const objects = logged();
    expect(collectorOf(objects)).toMatchObject({ name: 'logs-otel-collector', restartPolicy: 'Always', readinessProbe: { httpGet: { path: '/', port: 13133 } } });
    expect(podOf(objects).terminationGracePeriodSeconds).toBe(30 + 5 + 2 + 15);
    // it is told to stop when the app has surely ended
    expect(collectorOf(objects).lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 5 + 2 } } });
  });

  test('reads from the head, keeps offsets and queues on disk, and reads renamed files to their end', () => {
    const { receivers, exporters, extensions } = yamlOf(logged({ sinks: [otlp({ bufferSize: Size.mebibytes(8) })] }));
    expect(receivers.file_log).toMatchObject({ start_at: 'beginning', storage: 'file_storage', include: ['/var/log/app/*.log', '/var/log/app/*.log.[0-9]*'] });
    expect(exporters['otlp_http/otlp'].sending_queue).toEqual({ enabled: true, storage: 'file_storage', sizer: 'bytes', queue_size: Math.floor(8 * 1024 * 1024 / 2.25) });
    expect(extensions.file_storage.directory).toBe('/var/lib/log-collector');
  });

  test('rolls when the collector\'s configuration changes', () => {
    const name = (objects: any[]) => podOf(objects).volumes.find((volume: any) => volume.name === 'logs-config').configMap.name;
    expect(name(logged({ format: LogFormat.json() }))).not.toBe(name(logged()));
  });

  test('takes credentials from Secrets alone', () => {
    const objects = logged({ sinks: [otlp({ auth: LogAuth.bearer({ secret: SecretSource.fromName('otlp') }), tls: LogTls.withCa(SecretSource.fromName('ca')) })] });
    expect(collectorOf(objects).env).toContainEqual({ name: 'LOG_OTLP_TOKEN', valueFrom: { secretKeyRef: { name: 'otlp', key: 'token' } } });
    expect(yamlOf(objects).exporters['otlp_http/otlp']).toMatchObject({
      headers: { Authorization: 'Bearer ${env:LOG_OTLP_TOKEN}' },
      tls: { ca_file: '/etc/log-collector-ca/otlp/ca.crt' },
    });
  });

  test('may reach its sinks, and no more than before otherwise', () => {
    const policies = logged({ sinks: [otlp(), LogSink.stdout()] }).filter(object => object.kind === 'NetworkPolicy');
    expect(policies.map(policy => policy.spec.egress[0].ports.map((port: any) => port.port))).toEqual([[53, 53], [443]]);
  });

  test('is the same as a configured app with log shipping', () => {
    const config = () => new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a')] });
    const byName = (a: any, b: any) => `${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1;
    const one = synth(chart => new LoggedApp(chart, 'app', { ...app, logs: new LogShipping(DEFAULTS) }).add(config()));
    const two = synth(chart => new ConfiguredApp(chart, 'app', { ...app, config: config() }).add(new LogShipping(DEFAULTS)));
    expect(one.sort(byName)).toEqual(two.sort(byName));
  });

  test('warns on clusters before 1.30, where the collector cannot wait, and before 1.29, where the collector is a plain container', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const pod = podOf(logged({}, KubernetesVersion.V1_28));
    expect(pod.containers.map((container: any) => container.name)).toEqual(['app', 'logs-otel-collector']);
    expect(warn.mock.calls[0][0]).toMatch(/on clusters before 1\.30 .* last lines may not be shipped/);
    warn.mockRestore();
  });

  test.each([
    [LogFormat.json(), [{ type: 'json_parser', on_error: 'send_quiet', parse_from: 'body', parse_to: 'attributes' }]],
    [LogFormat.regex('^(?<level>[A-Z]+) (?<message>.*)$'), [expect.objectContaining({ type: 'regex_parser', regex: '^(?P<level>[A-Z]+) (?P<message>.*)$' })]],
    [LogFormat.text(), undefined],
  ])('parses %j', (format, operators) => {
    expect(yamlOf(logged({ format, multiline: LogMultiline.timestamp() })).receivers.file_log.operators).toEqual(operators);
  });
});

describe('what log shipping refuses', () => {
  test.each<[string, Partial<LogShippingProps>, string]>([
    ['no limit', { sizeLimit: Size.mebibytes(0) }, '\'sizeLimit\' is 0Ki. give a size of at least 1Ki'],
    ['a limit below the need of the rotation', { sizeLimit: Size.mebibytes(60) }, 'logs and buffers may come to 56Mi (10Mi × 4 files × 1 log + 16Mi offsets), more than 80 % of its \'sizeLimit\' of 60Mi. raise it to 70Mi, or make files or buffers smaller'],
    ['a glob that matches rotated names', { files: ['app*'] }, '\'files\' has \'app*\', which matches \'appapp.1\', a name that rotation gives to old files, so that their lines would be read twice. name the files exactly, for example \'appapp\''],
    ['no files', { files: [] }, '\'files\' is empty, so that nothing would be read. name the files that the app writes, for example \'app.log\''],
    ['no sinks', { sinks: [] }, '\'sinks\' is empty, so that what is read would go nowhere. give at least one, for example \'LogSink.stdout()\''],
    ['a sink without its credential', { sinks: [LogSink.otlp({ url: 'https://a' } as any)] }, 'sink \'otlp\' has no credential. give it \'auth\' with \'LogAuth.basic\' or \'LogAuth.bearer\', or say why it needs none with \'LogAuth.none(reason)\''],
    ['a sink in the clear', { sinks: [otlp({ url: 'http://a' })] }, 'sink \'otlp\' has the url \'http://a\', which is not encrypted. write it as \'https://\', or say why not with \'tls: LogTls.off(reason)\''],
    ['two sinks of one name', { sinks: [otlp(), otlp()] }, 'two sinks have the name \'otlp\'. give one of them another \'name\''],
    ['a sink that the collector has not', { sinks: [LogSink.http({ url: 'https://logs', auth: LogAuth.none('inside of the mesh') })] }, 'the OpenTelemetry Collector has no sink \'http\'; it has \'stdout\', \'loki\', \'otlp\' and \'raw\'. take \'LogCollector.fluentd\', \'LogCollector.fluentBit\' or \'LogCollector.vector\', or send \'LogSink.otlp\' to a gateway that has it, or give its exporter as \'LogSink.raw\''],
    ['an invalid expression', { format: LogFormat.regex('(?<a>[') }, 'the log format\'s expression \'(?<a>[\' is not a regular expression: '],
    ['an expression without a field', { format: LogFormat.regex('.*') }, 'the log format\'s expression \'.*\' has no named group, so that no field would come of it. name at least one, for example \'(?<level>[A-Z]+)\''],
    ['an invalid multiline pattern', { multiline: LogMultiline.startsWith('(') }, 'the multiline pattern \'(\' is not a regular expression: '],
    ['a multiline pattern that always matches', { multiline: LogMultiline.startsWith('x*') }, 'the multiline pattern \'x*\' matches an empty line too, so that every line would begin a record. make it match what only a first line has'],
    ['a parser that the collector has not', { format: LogFormat.logfmt() }, 'the OpenTelemetry Collector does not parse \'logfmt\'. take \'LogCollector.fluentBit\' or \'LogCollector.vector\', parse it behind the collector, or take \'LogFormat.regex\''],
  ])('%s', (_, props, sentence) => {
    expect(() => logged(props)).toThrow(`[test/app/logs] ${sentence}`);
  });

  test('a log directory that is a mount of another part', () => {
    expect(() => synth(chart => new LoggedApp(chart, 'app', { ...app, health: HealthCheck.tcp(), logs: new LogShipping(DEFAULTS) }).add({
      capabilityId: 'other',
      bind: () => ({ mounts: [{ path: '/var/log/app', volume: PodVolume.emptyDir('mine', { sizeLimit: Size.mebibytes(1) }) }] }),
    }))).toThrow('[test/app] capability \'logs\' mounts \'logs\' at \'/var/log/app\', where capability \'other\' already does with \'mine\'. give one of them another path');
  });
});
