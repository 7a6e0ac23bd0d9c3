import { LogAuth, LogCollector, LogSink } from '../../../src';
import { logged } from '../fixtures';

const forwarding = (host: string, port?: number) => () =>
  logged({
    collector: LogCollector.fluentBit(),
    sinks: [LogSink.forward({ host, port, auth: LogAuth.none('inside of the mesh') })],
  });

test('refuses a host with a scheme', () => {
  expect(forwarding('https://a')).toThrow(
    "[test/app/logs] 'sinks[0].host' is 'https://a', which is not a host name or an address. Write it without a " +
      'scheme, a port or a path.',
  );
});

test('refuses an invalid port', () => {
  expect(forwarding('fluentd', 70000)).toThrow("[test/app/logs] Invalid value 70000 for 'sinks[0].port'. ");
});
