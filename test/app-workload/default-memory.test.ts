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

test('warns once for an app of workloads without a memory limit', () => {
  expect(warningsOf(chart => new AppWorkload(chart, 'app', noMemory))).toEqual([
    '[one/app] The workload and 1 other workloads have no memory limit, so the default of 256Mi applies. Set ' +
      "'resources.memory.limit' to what the app needs, or a default with 'WorkloadDefaults.of(scope).set(...)'.",
  ]);
});

test('does not warn of workloads with one', () => {
  expect(warningsOf(chart => workload(chart))).toEqual([]);
});
