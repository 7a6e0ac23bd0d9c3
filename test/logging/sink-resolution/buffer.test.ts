import { Size } from 'cdk8s';
import { LogAuth, LogCollector, LogSink } from '../../../src';
import { logged } from '../fixtures';

const shipping = (collector: LogCollector, bufferSize: Size) => () =>
  logged({
    collector,
    sinks: [LogSink.loki({ url: 'https://loki', auth: LogAuth.none('inside of the mesh'), bufferSize })],
  });

test('refuses a buffer if the collector has none', () => {
  expect(shipping(LogCollector.vector(), Size.mebibytes(64))).toThrow(
    "[test/app/logs] 'sinks[0].bufferSize' has no effect, because Vector has no buffers: records wait in the log " +
      "files. Omit it, and size 'maxFileSize' and 'maxFiles' of the rotation for the longest outage of the sink.",
  );
});

test('refuses a buffer that is too small for any collector', () => {
  expect(shipping(LogCollector.fluentBit(), Size.kibibytes(1023))).toThrow(
    "[test/app/logs] 'sinks[0].bufferSize' is 1023Ki, which is too small for a collector. Use at least 1Mi.",
  );
  expect(shipping(LogCollector.fluentBit(), Size.kibibytes(1024))).not.toThrow();
});
