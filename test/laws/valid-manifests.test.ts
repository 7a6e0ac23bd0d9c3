import { appendFileSync } from 'fs';
import * as fc from 'fast-check';
import { runOrRefuse } from './arbitraries/program';
import { PROGRAMS } from './arbitraries/programs';
import { KubernetesVersion } from '../../src';
import { schemaProblems } from '../schemas/kubernetes';
import { strayingSelectors } from '../selectors';

// PROPERTY_RUNS=10000 runs more programs; PROPERTY_OUT=FILE appends the manifests to a file for other validators
const { PROPERTY_RUNS = '25', PROPERTY_OUT } = process.env;

/** Refuses numbers that JSON writes as null. */
function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`'${key}' is ${value}`);
  }
  return value;
}

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test.each(Object.keys(PROGRAMS))(
  'programs of %s throw an error of the library or render valid manifests',
  subject => {
    const count = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(PROGRAMS[subject], program => {
        const objects = runOrRefuse(program, count);
        if (!objects) {
          return;
        }
        const version =
          program.minimum === KubernetesVersion.V1_28
            ? '1.28'
            : program.minimum === KubernetesVersion.V1_37
              ? '1.37'
              : '1.34';
        expect(objects.flatMap(object => schemaProblems(version, object))).toEqual([]);
        if (subject !== 'custom databases' && subject !== 'all patterns together') {
          // No schema compares a selector with the labels of the pods. They differed only if a user replaced a label
          // that selects the pods, which one program of several hundred did, so that no default run had found it:
          // generators now replace these labels often. The pods of a custom database are not part of the program.
          expect(strayingSelectors(objects)).toEqual([]);
        }
        const json = JSON.stringify(objects, refuseNonFinite);
        if (subject.startsWith('databases')) {
          // settings computed from memory and storage
          expect(json).not.toMatch(/NaN|Infinity|undefined|\[object /);
        }
        if (PROPERTY_OUT) {
          const inNamespace = objects.map(object => ({
            ...object,
            metadata: { ...object.metadata, namespace: 'test' },
          }));
          appendFileSync(PROPERTY_OUT, inNamespace.map(object => `---\n${JSON.stringify(object)}\n`).join(''));
        }
      }),
      { numRuns: Number(PROPERTY_RUNS) },
    );
    process.stdout.write(`    programs of ${subject}: ${count.accepted} accepted, ${count.refused} refused\n`);
    expect(count.accepted).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
  },
  600_000,
);
