import { Size } from 'cdk8s';
import { parse } from 'yaml';
import {
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  HealthCheck,
  KubernetesVersion,
  LogAuth,
  LogFormat,
  LoggedApp,
  LogMultiline,
  LogShipping,
  LogShippingProps,
  LogSink,
  LogTimeFormat,
  LogTls,
  PodVolume,
  SecretSource,
  CaCertificate,
} from '../../src';
import { podOf, synth } from '../synth';
import { collectorOf, configOf, DEFAULTS, logged } from './fixtures';

const app = { image: 'acme/app:1.0.0', port: 8080 };
const otlp = (options = {}) =>
  LogSink.otlp({ url: 'https://otlp.example.com', auth: LogAuth.none('inside of the mesh'), ...options });
const yamlOf = (objects: any[]) => parse(configOf(objects));

describe('a logged app', () => {
  test('the smallest use', () => {
    expect(logged()).toMatchSnapshot();
  });

  test('shares a bounded directory with a collector that reads it, and keeps its own state in another', () => {
    const objects = logged();
    expect(podOf(objects).volumes).toEqual(
      expect.arrayContaining([
        { name: 'logs', emptyDir: { sizeLimit: '50Mi' } },
        { name: 'logs-state', emptyDir: { sizeLimit: '20Mi' } },
      ]),
    );
    expect(podOf(objects).containers[0].volumeMounts).toContainEqual({ name: 'logs', mountPath: '/var/log/app' });
    expect(collectorOf(objects).volumeMounts).toEqual([
      { name: 'logs-config', mountPath: '/etc/log-collector', readOnly: true },
      { name: 'logs-state', mountPath: '/var/lib/log-collector' },
      { name: 'logs', mountPath: '/var/log/app', readOnly: true },
    ]);
  });

  test('has a collector that starts before it, ends after it, and has the time to hand over what it holds', () => {
    const objects = logged();
    expect(collectorOf(objects)).toMatchObject({ name: 'logs-otel-collector', restartPolicy: 'Always' });
    expect(podOf(objects).terminationGracePeriodSeconds).toBe(30 + 5 + 2 + 25);
    // it is told to stop when the app has surely ended
    expect(collectorOf(objects).lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 5 + 2 } } });
  });

  test('reads from the head, keeps offsets and queues on disk, and reads renamed files to their end', () => {
    const { receivers, exporters, extensions } = yamlOf(logged({ sinks: [otlp({ bufferSize: Size.mebibytes(8) })] }));
    expect(receivers['file_log/otlp']).toMatchObject({
      start_at: 'beginning',
      storage: 'file_storage',
      include: ['/var/log/app/*.log', '/var/log/app/*.log.[0-9]*'],
    });
    expect(exporters['otlp_http/otlp'].sending_queue).toMatchObject({
      storage: 'file_storage',
      sizer: 'bytes',
      queue_size: Math.floor((8 * 1024 * 1024) / 2.25),
      block_on_overflow: true,
    });
    // a record above it would be dropped
    expect(exporters['otlp_http/otlp'].sending_queue.batch).not.toHaveProperty('max_size');
    expect(extensions.file_storage).toMatchObject({ directory: '/var/lib/log-collector', fsync: true });
  });

  test("rolls when the collector's configuration changes", () => {
    const name = (objects: any[]) =>
      podOf(objects).volumes.find((volume: any) => volume.name === 'logs-config').configMap.name;
    expect(name(logged({ format: LogFormat.json() }))).not.toBe(name(logged()));
  });

  test('takes credentials from Secrets alone', () => {
    const objects = logged({
      sinks: [
        otlp({
          auth: LogAuth.bearer({ secret: SecretSource.fromName('otlp') }),
          tls: LogTls.withCa(CaCertificate.fromSecret(SecretSource.fromName('ca'))),
        }),
      ],
    });
    expect(JSON.stringify(collectorOf(objects).env)).not.toContain('secretKeyRef');
    expect(yamlOf(objects).exporters['otlp_http/otlp']).toMatchObject({
      auth: { authenticator: 'bearertokenauth/otlp' },
      tls: { ca_file: '/etc/log-collector-ca/otlp/ca.crt' },
    });
    expect(yamlOf(objects).extensions['bearertokenauth/otlp']).toEqual({
      filename: '/etc/log-collector-credentials/otlp/TOKEN',
    });
  });

  test('may reach its sinks, and no more than before otherwise', () => {
    const policies = logged({ sinks: [otlp(), LogSink.stdout()] }).filter(object => object.kind === 'NetworkPolicy');
    expect(policies.map(policy => policy.spec.egress[0].ports.map((port: any) => port.port))).toEqual([
      [53, 53],
      [443],
    ]);
  });

  test('is the same as a configured app with log shipping', () => {
    const config = () => new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a')] });
    const byName = (a: any, b: any) => (`${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1);
    const one = synth(chart => new LoggedApp(chart, 'app', { ...app, logs: new LogShipping(DEFAULTS) }).add(config()));
    const two = synth(chart =>
      new ConfiguredApp(chart, 'app', { ...app, config: config() }).add(new LogShipping(DEFAULTS)),
    );
    expect(one.sort(byName)).toEqual(two.sort(byName));
  });

  test(
    'warns on clusters before 1.30, where the collector cannot wait, and before 1.29, where the collector is a ' +
      'plain container',
    () => {
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
      const pod = podOf(logged({}, KubernetesVersion.V1_28));
      expect(pod.containers.map((container: any) => container.name)).toEqual(['app', 'logs-otel-collector']);
      expect(warn.mock.calls[0][0]).toMatch(/on clusters before 1\.30 .* last lines may not be shipped/);
      warn.mockRestore();
    },
  );

  const readerOf = (props: Partial<LogShippingProps>) =>
    Object.values<any>(yamlOf(logged({ sinks: [otlp()], ...props })).receivers)[0];
  const operator = (props: Partial<LogShippingProps>, type: string) =>
    readerOf(props).operators.filter((one: any) => one.type === type);

  test('parses JSON, keeps what is no object as it stands, and has exact numbers', () => {
    const format = LogFormat.json();
    expect(operator({ format }, 'json_parser')).toEqual([
      {
        type: 'json_parser',
        if: 'type(fromJSON(body)) == "map"',
        parse_ints: true,
        on_error: 'send_quiet',
        parse_from: 'body',
        parse_to: 'attributes',
      },
    ]);
    expect(operator({ format }, 'move')).toMatchObject([{ from: 'attributes.message', to: 'body' }]);
  });

  test('takes a record of several lines apart as one', () => {
    const format = LogFormat.regex('^(?<level>[A-Z]+) (?<message>.*)$');
    expect(operator({ format }, 'regex_parser')).toMatchObject([
      { regex: '(?s:\\A(?P<level>[A-Z]+) (?P<message>.*)\\z)' },
    ]);
  });

  test('prints each record in one line of JSON, with its time and where it comes from', () => {
    const added = operator({ sinks: [LogSink.stdout()], format: LogFormat.json() }, 'add').map(
      ({ field }: any) => field,
    );
    expect(added).toEqual([
      'attributes["collector.now"]',
      ...['message', '@timestamp', 'app', 'namespace', 'pod'].map(field => `attributes["${field}"]`),
      'body',
    ]);
    expect(operator({ sinks: [LogSink.stdout()], format: LogFormat.json() }, 'move')).toEqual([]);
  });

  test('needs a buffer that holds a record with its fields', () => {
    const small = (format: LogFormat) => () => logged({ sinks: [otlp({ bufferSize: Size.mebibytes(4) })], format });
    expect(small(LogFormat.text())).not.toThrow();
    expect(small(LogFormat.json())).toThrow(
      "[test/app/logs] Sink 'otlp' has a buffer of 4Mi, less than the 9Mi that the OpenTelemetry Collector " +
        "needs for records of 1Mi. Raise 'bufferSize'",
    );
  });

  test('says no record of Loki twice, in its line and in fields', () => {
    const loki = LogSink.loki({
      url: 'https://loki',
      auth: LogAuth.none('inside of the mesh'),
      labels: { team: 'shop' },
    });
    expect(operator({ sinks: [loki], format: LogFormat.json() }, 'json_parser')).toEqual([]);
    expect(operator({ sinks: [loki], format: LogFormat.json({ severityField: 'level' }) }, 'retain')).toEqual([
      { type: 'retain', fields: ['attributes["log.file.name"]'] },
    ]);
    expect(readerOf({ sinks: [loki] }).resource).toMatchObject({ 'service.name': 'test-app', 'team': 'shop' });
  });

  test.each<[string, LogTimeFormat, object[]]>([
    ['RFC 3339', LogTimeFormat.iso8601(), [{ layout_type: 'gotime', layout: '2006-01-02T15:04:05Z07:00' }]],
    ['milliseconds', LogTimeFormat.unixMilliseconds(), [{ layout_type: 'epoch', layout: 'ms' }]],
    [
      'seconds',
      LogTimeFormat.unixSeconds(),
      [{ parse_from: 'attributes["collector.seconds"]', layout_type: 'epoch', layout: 's.us' }],
    ],
    [
      'a pattern',
      LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S,%L'),
      [{ layout_type: 'gotime', layout: '2006-01-02 15:04:05,000', location: 'Europe/Berlin' }],
    ],
    [
      'a pattern with an offset',
      LogTimeFormat.commonLog(),
      ['-0700', 'Z07:00'].map(offset => ({ layout: `02/Jan/2006:15:04:05 ${offset}` })),
    ],
  ])('reads the time of %s', (_, format, layouts) => {
    const [now, ...rest] = operator(
      { format: LogFormat.json({ time: { field: 'ts', format, zone: 'Europe/Berlin' } }) },
      'time_parser',
    );
    expect(now).toMatchObject({ layout_type: 'native' });
    expect(rest).toMatchObject(layouts);
  });

  test('writes what looks like a date as a text', () => {
    const time = { field: 'ts', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S') };
    expect(configOf(logged({ sinks: [otlp()], format: LogFormat.json({ time }) }))).toContain(
      'layout: "2006-01-02 15:04:05"',
    );
  });

  /** The records that the collector makes of lines: from one match to the next that does not begin where it ends. */
  function records(multiline: LogMultiline, lines: string): string[] {
    const { line_start_pattern: pattern } = readerOf({ multiline }).multiline;
    const go = (text: string) =>
      new RegExp(
        text
          .replace(/\$\$/g, '$')
          .replace(/\\A/g, '(?<![^])')
          .replace(/\(\?P</g, '(?<'),
        'gm',
      );
    const found: string[] = [];
    for (let rest = lines; rest.length > 0;) {
      const [first, ...others] = rest.matchAll(go(pattern));
      const next =
        first.index > 0 ? first.index : (others.find(({ index }) => index > first[0].length)?.index ?? rest.length);
      found.push(rest.slice(0, next));
      rest = rest.slice(next);
    }
    return found;
  }

  test.each<[string, LogMultiline, string[]]>([
    [
      'a start',
      LogMultiline.timestamp(),
      ['2026-11-27T01:00:00Z one\n more\n\n of one\n', '2026-11-27T01:00:01Z two\n'],
    ],
    ['a start that is no blank', LogMultiline.indented(), ['one\n a\n\n b\n', 'two\n', 'three\n\tc\n']],
    ['a start anywhere in the line', LogMultiline.startsWith('BEGIN'), ['x BEGIN\na\n', 'BEGIN\n']],
    [
      'a continuation',
      LogMultiline.java(),
      [
        'ERROR boom\njava.lang.IllegalStateException: boom\n\tat A.b(A.java:1)\n\nCaused by: x\n',
        'second\n',
        'third\n\tat x\n',
        'last\n',
      ],
    ],
    ['an end of a line', LogMultiline.continuesWith('\\+$'), ['a\nb+\r\n', 'c\n']],
    ['a set that is everything but', LogMultiline.continuesWith('^[^a]|^[\\D]x'), ['a\nb\n', 'a\n', 'a\n\tc\n']],
  ])('knows records by %s', (_, multiline, expected) => {
    expect(records(multiline, expected.join(''))).toEqual(expected);
  });
});

describe('what log shipping refuses', () => {
  test.each<[string, Partial<LogShippingProps>, string]>([
    ['no limit', { sizeLimit: Size.mebibytes(0) }, "'sizeLimit' is 0Ki. Give a size of at least 1Ki"],
    [
      'a limit below the need of the rotation',
      { sizeLimit: Size.mebibytes(60) },
      'Logs and buffers may come to 56Mi (10Mi × 4 files × 1 log + 16Mi offsets), more than 80 % of its ' +
        "'sizeLimit' of 60Mi. Raise it to 70Mi, or make files or buffers smaller",
    ],
    [
      'a glob that matches rotated names',
      { files: ['app*'] },
      "'files' has 'app*', which matches 'appapp.1', a name that rotation gives to old files, so that their " +
        "lines would be read twice. Name the files exactly, for example 'appapp'",
    ],
    [
      'no files',
      { files: [] },
      "'files' is empty, so that nothing would be read. Name the files that the app writes, for example 'app.log'",
    ],
    [
      'no sinks',
      { sinks: [] },
      "'sinks' is empty, so that what is read would go nowhere. Give at least one, for example 'LogSink.stdout()'",
    ],
    [
      'a sink without its credential',
      { sinks: [LogSink.otlp({ url: 'https://a' } as any)] },
      "Sink 'otlp' has no credential. Give it 'auth' with 'LogAuth.basic' or 'LogAuth.bearer', or say why it " +
        "needs none with 'LogAuth.none(reason)'",
    ],
    [
      'a sink in the clear',
      { sinks: [otlp({ url: 'http://a' })] },
      "Sink 'otlp' has the url 'http://a', which is not encrypted. Write it as 'https://', or say why not with " +
        "'tls: LogTls.off(reason)'",
    ],
    [
      'two sinks of one name',
      { sinks: [otlp(), otlp()] },
      "Two sinks have the name 'otlp'. Give one of them another 'name'",
    ],
    [
      'a sink that the collector has not',
      { sinks: [LogSink.http({ url: 'https://logs', auth: LogAuth.none('inside of the mesh') })] },
      "The OpenTelemetry Collector has no sink 'http'; it has 'stdout', 'loki', 'otlp' and 'raw'. Take " +
        "'LogCollector.fluentd', 'LogCollector.fluentBit' or 'LogCollector.vector', or send 'LogSink.otlp' to a " +
        "gateway that has it, or give its exporter as 'LogSink.raw'",
    ],
    [
      'an invalid expression',
      { format: LogFormat.regex('(?<a>[') },
      "The log format's expression '(?<a>[' is not a regular expression: ",
    ],
    [
      'an expression without a field',
      { format: LogFormat.regex('.*') },
      "The log format's expression '.*' has no named group, so that no field would come of it. Name at least " +
        "one, for example '(?<level>[A-Z]+)'",
    ],
    [
      'an invalid multiline pattern',
      { multiline: LogMultiline.startsWith('(') },
      "The multiline pattern '(' is not a regular expression: ",
    ],
    [
      'a multiline pattern that always matches',
      { multiline: LogMultiline.startsWith('x*') },
      "The multiline pattern 'x*' matches an empty line too, so that every line would begin a record. Make it " +
        'match what only a first line has',
    ],
    [
      'a parser that the collector has not',
      { format: LogFormat.logfmt() },
      "The OpenTelemetry Collector does not parse 'logfmt'. Take 'LogCollector.fluentBit' or " +
        "'LogCollector.vector', parse it behind the collector, or take 'LogFormat.regex'",
    ],
  ])('%s', (_, props, sentence) => {
    expect(() => logged(props)).toThrow(`[test/app/logs] ${sentence}`);
  });

  test('a log directory that is a mount of another part', () => {
    expect(() =>
      synth(chart =>
        new LoggedApp(chart, 'app', { ...app, healthCheck: HealthCheck.tcp(), logs: new LogShipping(DEFAULTS) }).add({
          id: 'other',
          bind: () => ({
            mounts: [{ path: '/var/log/app', volume: PodVolume.emptyDir('mine', { sizeLimit: Size.mebibytes(1) }) }],
          }),
        }),
      ),
    ).toThrow(
      "[test/app] Extension 'logs' mounts 'logs' at '/var/log/app', where extension 'other' already does with " +
        "'mine'. Give one of them another path",
    );
  });
});
