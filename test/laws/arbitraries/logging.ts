import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { filePath, hostile, imageReference, mostly, mountPath, name, optional, port, secret, size, text, time, variable } from './values';
import {
  FluentdPlugin, ICapability, LogAuth, LogCollector, LogFormat, LogMultiline, LogRotation, LogShipping, LogSink, LogTls,
} from '../../../src';

const key = mostly(fc.constant('token'), hostile);
const reason = mostly(fc.constant('because of this test'), text);
const none = reason.map(LogAuth.none);
const basic = fc.record({ secret }).map(LogAuth.basic);
const bearer = fc.record({ secret, key }).map(LogAuth.bearer);
const sharedKey = fc.record({ secret, key }).map(LogAuth.sharedKey);
const accessKey = fc.record({ secret }).map(LogAuth.accessKey);
const anyAuth = fc.oneof(none, basic, bearer, sharedKey, accessKey);
const proof = (...right: fc.Arbitrary<LogAuth>[]) => mostly(fc.oneof(none, ...right), anyAuth);
const tls = fc.oneof(fc.constant(LogTls.on()), fc.tuple(secret, key).map(([from, at]) => LogTls.withCa(from, at)), reason.map(LogTls.off));
const url = mostly(
  fc.constantFrom('https://logs.example.com', 'http://logs:3100/in', 'https://[::1]:9200'),
  fc.oneof(hostile, fc.constantFrom('ftp://a', 'https://a:b@c', 'https://a?b=c', 'https://a#b', 'https://a/${B}', 'https://a/%24{B}', 'https://a/b c')),
);
const plain = mostly(fc.constantFrom('shop', 'eu-west-1', 'team_a'), text);
const options = optional({ name, bufferSize: size, tls, egressPorts: fc.array(port, { maxLength: 2 }) });
const remote = <T extends object>(own: fc.Arbitrary<T>, credential: fc.Arbitrary<LogAuth>) => fc.tuple(options, own, fc.record({ auth: credential }))
  .map(([more, given, proven]) => ({ ...more, ...given, ...proven }));
const brokers = fc.array(mostly(fc.constant('kafka:9092'), hostile), { minLength: 1, maxLength: 2 });
const knownSink: fc.Arbitrary<LogSink> = fc.oneof(
  options.map(LogSink.stdout),
  remote(fc.record({ url, tenant: plain, labels: fc.dictionary(plain, plain, { maxKeys: 2 }) }), proof(basic, bearer)).map(LogSink.loki),
  remote(fc.record({ url, index: plain }), proof(basic)).map(LogSink.elasticsearch),
  remote(fc.record({ url, index: plain }), proof(basic)).map(LogSink.openSearch),
  remote(fc.record({ url }), proof(basic, bearer)).map(LogSink.otlp),
  remote(fc.record({ url }), proof(basic, bearer)).map(LogSink.http),
  remote(fc.record({ host: mostly(fc.constant('fluentd'), hostile), port }), proof(sharedKey)).map(LogSink.forward),
  remote(fc.record({ bucket: plain, region: plain, prefix: plain }), proof(accessKey)).map(LogSink.s3),
  remote(fc.record({ brokers, topic: plain }), proof(basic)).map(LogSink.kafka),
);
const rawSink = fc.tuple(
  name,
  fc.dictionary(mostly(name, text), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
  fc.dictionary(variable, fc.record({ secret, key }), { maxKeys: 2 }),
  options,
).map(([type, config, env, more]) => LogSink.raw({ type, config, env, ...more }));
const flushTimeout = mostly(fc.constantFrom(10, 30), fc.constantFrom(0, 1, 1e6)).map(Duration.seconds);
const collectorOptions = optional({ image: imageReference, healthPort: port, metricsPort: port, flushTimeout });
const knownCollector: fc.Arbitrary<LogCollector> = fc.oneof(
  fc.tuple(collectorOptions, fc.subarray(Object.values(FluentdPlugin))).map(([more, plugins]) => LogCollector.fluentd({ ...more, plugins })),
  collectorOptions.map(LogCollector.fluentBit),
  collectorOptions.map(LogCollector.vector),
  collectorOptions.map(LogCollector.openTelemetry),
);
const customCollector = fc.record({ name, image: imageReference, files: fc.dictionary(filePath, text, { maxKeys: 2 }), healthPort: port })
  .map(LogCollector.custom);
const pattern = mostly(
  fc.constantFrom('^(?<level>[A-Z]+) ', '^\\[(?P<a>.*)\\]$', '(?<x>a/b\'"\\$)'),
  fc.oneof(text, fc.constantFrom('(?<a>[', '(?=a)', '(?<__proto__>a)')),
);
const format = fc.oneof(
  fc.constantFrom(LogFormat.text(), LogFormat.json(), LogFormat.logfmt()), pattern.map(LogFormat.regex),
  mostly(fc.constantFrom('apache', 'klog', 'nginx'), text).map(LogFormat.named),
);
const rotationOptions = { maxFileSize: size, maxFiles: mostly(fc.integer({ min: 2, max: 9 }), fc.constantFrom(0, 1, 1.5, NaN)) };
const rotation = fc.oneof(
  fc.record(rotationOptions).map(LogRotation.byApp),
  fc.record({ ...rotationOptions, rotatedName: mostly(fc.constantFrom('{file}.{n}', '{name}-{date}{ext}', '{file}.{date}'), text) }).map(LogRotation.byApp),
  fc.record({ ...rotationOptions, image: imageReference, interval: time }).map(LogRotation.bySidecar),
);
const logFiles = fc.array(mostly(fc.constantFrom('app.log', 'audit.log', 'audit-[a-c].log', 'app'), hostile), { minLength: 1, maxLength: 2 });

function shipping(collector: fc.Arbitrary<LogCollector>, sink: fc.Arbitrary<LogSink>): fc.Arbitrary<ICapability> {
  return fc.tuple(
    fc.record({ collector, rotation, sinks: fc.array(sink, { minLength: 1, maxLength: 2 }) }),
    optional({
      directory: mountPath,
      files: logFiles,
      format,
      multiline: fc.oneof(pattern.map(LogMultiline.startsWith), mostly(fc.constantFrom('timestamp', 'bracket', 'indented'), text).map(LogMultiline.named)),
      maxRecordSize: size,
      sizeLimit: mostly(fc.constantFrom(100, 500).map(Size.gibibytes), size),
      podMonitor: fc.boolean(),
      id: name,
    }),
  ).map(([given, more]) => new LogShipping({ ...given, ...more }));
}

/** Log shipping of which all is known that is in its configuration. */
export const knownLogShipping = shipping(knownCollector, knownSink);

export const logShipping: fc.Arbitrary<ICapability> = fc.oneof(
  { weight: 3, arbitrary: knownLogShipping },
  { weight: 1, arbitrary: shipping(customCollector, knownSink) },
  { weight: 1, arbitrary: shipping(knownCollector, rawSink) },
  {
    weight: 1,
    arbitrary: optional({ directory: mountPath, files: logFiles, sizeLimit: size, image: imageReference, id: name }).map(LogShipping.toStdout),
  },
);
