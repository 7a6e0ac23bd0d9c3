import * as fc from 'fast-check';
import { knownLogShipping } from './arbitraries/logging';
import { configOf } from '../logging/fixtures';
import { PROBLEMS } from '../logging/formats/problems';
import { kind, podOf, synth, workload } from '../synth';

const { PROPERTY_RUNS = '300' } = process.env;
const COLLECTORS: Record<string, string> = {
  'fluentd': 'fluentd',
  'fluent-bit': 'fluentBit',
  'vector': 'vector',
  'otel-collector': 'openTelemetry',
};

test('whatever the props of log shipping, the configuration is one that the collector understands', () => {
  let written = 0;
  jest.spyOn(process, 'emitWarning').mockImplementation();
  fc.assert(
    fc.property(knownLogShipping, shipping => {
      let objects: any[];
      try {
        objects = synth(chart => workload(chart).add(shipping));
      } catch {
        return; // what is refused is refused in our own words, see valid-manifests
      }
      const suffix = Object.keys(COLLECTORS).find(name =>
        podOf(objects).initContainers.some((container: any) => container.name === `${shipping.id}-${name}`),
      )!;
      const collector = COLLECTORS[suffix];
      expect(kind(objects, 'ConfigMap')).toBeDefined();
      expect(PROBLEMS[collector](configOf(objects))).toEqual([]);
      written++;
    }),
    { numRuns: Number(PROPERTY_RUNS) },
  );
  expect(written).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
}, 600_000);
