import { LogAuth, LogCollector, LogSink } from '../../../src';
import { logged } from '../fixtures';

const REMEDY = "Write brokers as 'host:port', for example 'kafka.example.com:9093'.";

const publishing = (brokers: string[]) =>
  logged({
    collector: LogCollector.vector(),
    sinks: [LogSink.kafka({ brokers, topic: 'logs', auth: LogAuth.none('inside of the mesh') })],
  });

test('opens the ports of the brokers', () => {
  const policy = publishing(['a:9093', 'b:9094']).find(({ metadata }) => metadata.name === 'test-app-logs-sinks');
  expect(policy.spec.egress[0].ports.map(({ port }: any) => port)).toEqual([9093, 9094]);
});

test('refuses a broker without a port', () => {
  expect(() => publishing(['a:9093', 'b'])).toThrow(
    `[test/app/logs] 'sinks[0].brokers[1]' is 'b', which is not a host with a port. ${REMEDY}`,
  );
});

test('refuses an empty list of brokers', () => {
  expect(() => publishing([])).toThrow(`[test/app/logs] 'sinks[0].brokers' is empty. ${REMEDY}`);
});
