import { Size } from 'cdk8s';
import { parse } from 'yaml';
import { CaCertificate, LogAuth, LogSink, LogTls, SecretSource } from '../../../src';
import { configOf, logged } from '../fixtures';

const config = (options: object) =>
  parse(
    configOf(
      logged({
        sinks: [
          LogSink.otlp({ url: 'https://otlp.example.com', auth: LogAuth.none('inside of the mesh'), ...options }),
        ],
      }),
    ),
  );

test('the queue of a sink is on disk and stops reading when it is full', () => {
  const { sending_queue: queue } = config({ bufferSize: Size.mebibytes(8) }).exporters['otlp_http/otlp'];
  expect(queue).toMatchObject({
    storage: 'file_storage',
    sizer: 'bytes',
    queue_size: Math.floor((8 * 1024 * 1024) / 2.25),
    block_on_overflow: true,
  });
  // a larger record would be dropped
  expect(queue.batch).not.toHaveProperty('max_size');
});

test('credentials and certificate authorities are read from files', () => {
  const { exporters, extensions } = config({
    auth: LogAuth.bearer({ secret: SecretSource.fromName('otlp') }),
    tls: LogTls.withCa(CaCertificate.fromSecret(SecretSource.fromName('ca'))),
  });
  expect(exporters['otlp_http/otlp']).toMatchObject({
    auth: { authenticator: 'bearertokenauth/otlp' },
    tls: { ca_file: '/etc/log-collector-ca/otlp/ca.crt' },
  });
  expect(extensions['bearertokenauth/otlp']).toEqual({
    filename: '/etc/log-collector-credentials/otlp/TOKEN',
  });
});
