import { parse } from 'yaml';
import { LogAuth, LogCollector, LogSink } from '../../../src';
import { configOf, logged } from '../fixtures';

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

test.each(['10.0.0.1', 'fd00::1', '2001:db8::', 'fluentd', 'fluentd.logs.svc'])('accepts the host %s', host => {
  expect(parse(configOf(forwarding(host)())).pipeline.outputs[0].host).toBe(host);
});

test.each(['[fd00::1]', 'fe80::1%eth0', 'fd00::1]:24224', '::ffff:10.0.0.1', 'a:24224', 'a/b', ''])(
  'refuses the host %j',
  host => {
    expect(forwarding(host)).toThrow(`'sinks[0].host' is '${host}', which is not a host name or an address.`);
  },
);

test('refuses an invalid port', () => {
  expect(forwarding('fluentd', 70000)).toThrow("[test/app/logs] Invalid value 70000 for 'sinks[0].port'. ");
});
