import * as fc from 'fast-check';
import { knownLogShipping } from './arbitraries/logging';
import { PRESETS } from '../../src/logging/collectors/presets';
import { configOf } from '../logging/fixtures';
import { PROBLEMS } from '../logging/formats/problems';
import { podOf, synth, workload } from '../synth';

const { PROPERTY_RUNS = '300' } = process.env;

afterAll(() => jest.restoreAllMocks());

test('renders a configuration that the collector can read for any accepted props', () => {
  const rendered = new Set<string>();
  let accepted = 0;
  jest.spyOn(process, 'emitWarning').mockImplementation();
  fc.assert(
    fc.property(knownLogShipping, shipping => {
      let objects: any[];
      try {
        objects = synth(chart => workload(chart).add(shipping));
      } catch {
        return; // valid-manifests.test.ts checks the errors
      }
      const names: string[] = podOf(objects).initContainers.map((container: any) => container.name);
      const collector = Object.keys(PRESETS).find(id => names.includes(`${shipping.id}-${PRESETS[id].name}`))!;
      expect(PROBLEMS[collector](configOf(objects))).toEqual([]);
      rendered.add(collector);
      accepted++;
    }),
    { numRuns: Number(PROPERTY_RUNS) },
  );
  expect(accepted).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
  expect([...rendered].sort()).toEqual(Object.keys(PRESETS).sort());
}, 600_000);
