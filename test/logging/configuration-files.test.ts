import { Duration, Size } from 'cdk8s';
import { logged } from './fixtures';
import { LogAuth, LogCollector, LogFormat, LogRotation, LogSink } from '../../src';

describe('the configuration of a collector', () => {
  test('needs a buffer that is larger than a record with its fields', () => {
    const sink = LogSink.otlp({
      url: 'https://otlp.example.com',
      auth: LogAuth.none('inside of the mesh'),
      bufferSize: Size.mebibytes(4),
    });
    const small = (format: LogFormat) => () => logged({ sinks: [LogSink.stdout(), sink], format });
    expect(small(LogFormat.text())).not.toThrow();
    expect(small(LogFormat.json())).toThrow(
      "[test/app/logs] 'sinks[1].bufferSize' is 4Mi, but the OpenTelemetry Collector needs 9Mi for records of 1Mi. " +
        'Set it to at least 9Mi.',
    );
  });

  test('refuses an empty record', () => {
    expect(() => logged({ maxRecordSize: Size.kibibytes(0) })).toThrow(
      "[test/app/logs] Invalid size 0Ki for 'maxRecordSize'. ",
    );
  });

  test('refuses a flush timeout that is too short', () => {
    expect(() => logged({ collector: LogCollector.vector({ flushTimeout: Duration.seconds(9) }) })).toThrow(
      "[test/app/logs] Invalid value 9 for 'collector.flushTimeout' in seconds. ",
    );
  });

  test.each([
    ['conf.d/a.conf', 'is not a valid key of a ConfigMap'],
    ['logrotate.conf', 'the rotating sidecar uses'],
  ])('refuses the file %s', (file, reason) => {
    const collector = LogCollector.custom({
      name: 'custom',
      image: 'acme/custom:1',
      files: { [file]: 'a' },
      healthPort: 8000,
    });
    const rotation = LogRotation.bySidecar({ image: 'a/b:1', maxFileSize: Size.mebibytes(1), maxFiles: 2 });
    expect(() => logged({ collector, rotation })).toThrow(
      `[test/app/logs] 'files' of the collector contains '${file}', which ${reason}. Use another name of letters, ` +
        "digits, '-', '_' and '.'.",
    );
  });
});
