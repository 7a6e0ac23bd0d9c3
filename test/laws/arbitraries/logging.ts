import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import {
  amount,
  filePath,
  hostile,
  imageReference,
  mostly,
  mountPath,
  name,
  optional,
  plainText,
  port,
  props,
  secret,
  shortName,
  size,
  text,
  time,
  variable,
} from './values';
import { healthPath, resources } from './workload';
import {
  FluentdPlugin,
  ILogDelivery,
  LogAuth,
  LogCollector,
  LogFormat,
  LogMultiline,
  LogRotation,
  LogShipping,
  LogSink,
  LogTimeFormat,
  LogTls,
  StdoutLogs,
  CaCertificate,
} from '../../../src';

const key = mostly(fc.constant('token'), hostile);
const reason = mostly(fc.constant('because of this test'), text);
const none = reason.map(LogAuth.none);
const basic = props({ secret }, { usernameKey: key, passwordKey: key }).map(LogAuth.basic);
const bearer = props({ secret }, { key }).map(LogAuth.bearer);
const sharedKey = props({ secret }, { key }).map(LogAuth.sharedKey);
const accessKey = props({ secret }, { accessKeyIdKey: key, secretAccessKeyKey: key }).map(LogAuth.accessKey);
const anyAuth = fc.oneof(none, basic, bearer, sharedKey, accessKey);
const authOf = (...valid: fc.Arbitrary<LogAuth>[]) => mostly(fc.oneof(none, ...valid), anyAuth);
const certificateOptions = optional({ key });
const caCertificate = fc.oneof(
  fc.tuple(secret, certificateOptions).map(args => CaCertificate.fromSecret(...args)),
  fc.tuple(name, certificateOptions).map(([map, options]) => CaCertificate.fromConfigMapName(map, options)),
);
const tls = fc.oneof(fc.constant(LogTls.on()), caCertificate.map(LogTls.withCa), reason.map(LogTls.off));
const url = mostly(
  fc.constantFrom('https://logs.example.com', 'http://logs:3100/in', 'https://[::1]:9200'),
  fc.oneof(
    hostile,
    fc.constantFrom(
      'ftp://a',
      'https://a:b@c',
      'https://a?b=c',
      'https://a#b',
      'https://a/${B}',
      'https://a/%24{B}',
      'https://a/b c',
    ),
  ),
);
const plain = mostly(fc.constantFrom('shop', 'eu-west-1', 'team_a'), text);
const bucket = mostly(fc.constant('shop'), text);
const region = mostly(fc.constant('eu-west-1'), text);
const base = { name, bufferSize: size };
const egressPorts = fc.array(port, { maxLength: 2 });
const options = optional({ ...base, tls, egressPorts });
const remote = <T extends object>(sinkOptions: fc.Arbitrary<T>, auth: fc.Arbitrary<LogAuth>) =>
  fc
    .tuple(options, sinkOptions, fc.record({ auth }))
    .map(([common, specific, credentials]) => ({ ...common, ...specific, ...credentials }));
const brokers = fc.array(mostly(fc.constant('kafka:9092'), hostile), { minLength: 1, maxLength: 2 });
const knownSink: fc.Arbitrary<LogSink> = fc.oneof(
  optional(base).map(LogSink.stdout),
  remote(
    props({ url }, { tenant: plain, labels: fc.dictionary(plain, plain, { maxKeys: 2 }) }),
    authOf(basic, bearer),
  ).map(LogSink.loki),
  remote(props({ url }, { index: plain }), authOf(basic)).map(LogSink.elasticsearch),
  remote(props({ url }, { index: plain }), authOf(basic)).map(LogSink.openSearch),
  remote(fc.record({ url }), authOf(basic, bearer)).map(LogSink.otlp),
  remote(fc.record({ url }), authOf(basic, bearer)).map(LogSink.http),
  remote(props({ host: mostly(fc.constant('fluentd'), hostile) }, { port }), authOf(sharedKey)).map(LogSink.forward),
  remote(props({ bucket, region }, { prefix: plain, endpoint: url }), authOf(accessKey)).map(LogSink.s3),
  remote(fc.record({ brokers, topic: plain }), authOf(basic)).map(LogSink.kafka),
);
const rawSink = props(
  {
    plugin: name,
    config: fc.dictionary(mostly(name, text), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    env: fc.dictionary(variable, fc.record({ secret, key }), { maxKeys: 2 }),
  },
  { ...base, egressPorts },
).map(LogSink.raw);
const fileName = mostly(fc.stringMatching(/^[a-z]{1,6}\.[a-z]{1,4}$/), filePath);
const flushTimeout = mostly(fc.constantFrom(10, 30), fc.constantFrom(0, 1, 1e6)).map(Duration.seconds);
const fluentBitOptions = optional({ image: imageReference, healthPort: port, flushTimeout, resources });
const collectorOptions = optional({
  image: imageReference,
  healthPort: port,
  metricsPort: port,
  flushTimeout,
  resources,
});
const knownCollector: fc.Arbitrary<LogCollector> = fc.oneof(
  fc
    .tuple(collectorOptions, fc.subarray(Object.values(FluentdPlugin)))
    .map(([more, plugins]) => LogCollector.fluentd({ image: 'acme/fluentd:1.19.3', ...more, plugins })),
  fluentBitOptions.map(LogCollector.fluentBit),
  collectorOptions.map(LogCollector.vector),
  collectorOptions.map(LogCollector.openTelemetry),
);
const words = fc.array(plainText, { maxLength: 2 });
const customCollector = props(
  { name: shortName, image: imageReference, files: fc.dictionary(fileName, text, { maxKeys: 2 }), healthPort: port },
  { command: words, args: words, healthPath, metricsPort: port, metricsPath: healthPath, resources, flushTimeout },
).map(LogCollector.custom);
const pattern = mostly(
  fc.constantFrom('^(?<level>[A-Z]+) ', '^\\[(?P<a>.*)\\]$', '(?<x>a/b\'"\\$)'),
  fc.oneof(text, fc.constantFrom('(?<a>[', '(?=a)', '(?<__proto__>a)')),
);
const timeFormat = fc.oneof(
  fc.constantFrom(
    LogTimeFormat.iso8601(),
    LogTimeFormat.unixSeconds(),
    LogTimeFormat.unixMilliseconds(),
    LogTimeFormat.commonLog(),
  ),
  mostly(fc.constantFrom('%Y-%m-%d %H:%M:%S,%L', '%b %d %Y %H:%M:%S.%f'), text).map(LogTimeFormat.pattern),
);
const field = mostly(fc.constantFrom('time', 'ts', '@timestamp'), text);
const formatOptions = props(
  {},
  {
    time: props(
      { field, format: timeFormat },
      { zone: mostly(fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'), text) },
    ),
    severityField: field,
  },
);
const multiline = fc.oneof(
  pattern.map(LogMultiline.startsWith),
  pattern.map(LogMultiline.continuesWith),
  fc.constantFrom(...[LogMultiline.timestamp, LogMultiline.bracket, LogMultiline.indented].map(make => make())),
  fc.constantFrom(
    ...[
      LogMultiline.java,
      LogMultiline.python,
      LogMultiline.go,
      LogMultiline.ruby,
      LogMultiline.dotnet,
      LogMultiline.javascript,
    ].map(make => make()),
  ),
);
const format = fc.oneof(
  fc.constantFrom(LogFormat.text(), LogFormat.apache(), LogFormat.klog(), LogFormat.nginx()),
  formatOptions.map(LogFormat.json),
  formatOptions.map(LogFormat.logfmt),
  fc.tuple(pattern, formatOptions).map(args => LogFormat.regex(...args)),
);
const rotationOptions = {
  maxFileSize: size,
  maxFiles: mostly(fc.integer({ min: 2, max: 9 }), fc.constantFrom(0, 1, 1.5, NaN)),
};
const rotatedName = mostly(fc.constantFrom('{file}.{n}', '{name}-{date}{ext}', '{file}.{date}'), text);
const logCount = amount(fc.integer({ min: 1, max: 3 }));
const rotation = fc.oneof(
  props(rotationOptions, { logCount, rotatedName }).map(LogRotation.byApp),
  props({ ...rotationOptions, image: imageReference }, { logCount, interval: time }).map(LogRotation.bySidecar),
);
const logFiles = fc.array(mostly(fc.constantFrom('app.log', 'audit.log', 'audit-[a-c].log', 'app'), hostile), {
  minLength: 1,
  maxLength: 2,
});

function shipping(collector: fc.Arbitrary<LogCollector>, sink: fc.Arbitrary<LogSink>): fc.Arbitrary<ILogDelivery> {
  return props(
    { collector, rotation, sinks: fc.array(sink, { minLength: 1, maxLength: 2 }) },
    {
      directory: mountPath,
      files: logFiles,
      format,
      multiline,
      maxRecordSize: size,
      sizeLimit: mostly(fc.constantFrom(100, 500).map(Size.gibibytes), size),
      podMonitor: fc.boolean(),
      prometheusRule: fc.boolean(),
      id: name,
    },
  ).map(shippingProps => new LogShipping(shippingProps));
}

/** Log shipping without a custom collector or raw sinks, whose configuration only the user knows. */
export const knownLogShipping = shipping(knownCollector, knownSink);

export const logShipping: fc.Arbitrary<ILogDelivery> = fc.oneof(
  { weight: 3, arbitrary: knownLogShipping },
  { weight: 1, arbitrary: shipping(customCollector, knownSink) },
  { weight: 1, arbitrary: shipping(knownCollector, rawSink) },
  {
    weight: 1,
    arbitrary: optional({
      directory: mountPath,
      files: logFiles,
      sizeLimit: size,
      image: imageReference,
      id: name,
    }).map(stdoutProps => new StdoutLogs(stdoutProps)),
  },
);
