import { LogAuth, LogSink } from '../../../src';
import { logged } from '../fixtures';

const labeled = (labels: Record<string, string>) => () =>
  logged({ sinks: [LogSink.loki({ url: 'https://a', labels, auth: LogAuth.none('inside of the mesh') })] });

test('refuses labels with a list', () => {
  expect(labeled({ team: 'a,b=c' })).toThrow(
    "[test/app/logs] 'sinks[0].labels' contains 'team' with the value 'a,b=c'. Use letters, digits and '_' in names, " +
      "and these and '.', ':', '/', '@', '+' and '-' in values.",
  );
});

test('refuses labels that the collector sets', () => {
  expect(labeled({ pod: 'a' })).toThrow(
    "[test/app/logs] 'sinks[0].labels' contains 'pod', which the collector sets on every stream. Remove the label.",
  );
});
