import { LogAuth, LogCollector, LogSink, LogTls, SecretSource } from '../../../src';
import { logged } from '../fixtures';

const mesh = LogAuth.none('inside of the mesh');

test.each<[string, LogSink, string]>([
  [
    'a missing credential',
    LogSink.s3({ bucket: 'logs', region: 'eu' } as any),
    "Required prop 'auth' in 'sinks[0]' is missing. Set it, for example 'auth: LogAuth.accessKey(",
  ],
  [
    'a credential that the sink does not accept',
    LogSink.kafka({ brokers: ['a:1'], topic: 'b', auth: LogAuth.bearer({ secret: SecretSource.fromName('c') }) }),
    "'sinks[0].auth' is 'LogAuth.bearer', which sinks of the kind 'kafka' do not accept. Use 'LogAuth.basic'.",
  ],
  [
    'a short reason for no credential',
    LogSink.http({ url: 'https://a', auth: LogAuth.none('mesh') }),
    "The reason 'mesh' for 'sinks[0].auth' is too short. ",
  ],
  [
    'a short reason for no encryption',
    LogSink.http({ url: 'http://a', auth: mesh, tls: LogTls.off('mesh') }),
    "The reason 'mesh' for 'sinks[0].tls' is too short. ",
  ],
])('refuses %s', (_, sink, sentence) => {
  expect(() => logged({ collector: LogCollector.vector(), sinks: [sink] })).toThrow(`[test/app/logs] ${sentence}`);
});
