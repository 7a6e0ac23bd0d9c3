import { App, Chart } from 'cdk8s';
import { AppWorkload } from '../../src';
import { workload } from '../synth';

const noMemory = { image: 'acme/app:1.0.0', port: 8080 };

function warningsOf(define: (chart: Chart) => void): unknown[] {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const app = new App();
  define(new Chart(app, 'one'));
  define(new Chart(app, 'other'));
  app.synthYaml();
  const warnings = emitWarning.mock.calls.map(([text]) => text);
  emitWarning.mockRestore();
  return warnings;
}

test.each([
  [['app'], '1 other workload'],
  [['app', 'worker'], '3 other workloads'],
])('warns once for an app of workloads without a memory limit: %j in each chart', (ids, others) => {
  expect(warningsOf(chart => ids.forEach(id => new AppWorkload(chart, id, noMemory)))).toEqual([
    `[one/app] The workload and ${others} have no memory limit, so the default of 256Mi applies. Set ` +
      "'resources.memory.limit' to what the app needs, or a default with 'WorkloadDefaults.of(scope).set(...)'.",
  ]);
});

test('does not warn of workloads with one', () => {
  expect(warningsOf(chart => workload(chart))).toEqual([]);
});
