import { appendFileSync } from 'fs';
import * as fc from 'fast-check';
import { PROGRAMS, runOrRefuse } from './arbitraries/programs';
import { KubernetesVersion } from '../../src';
import { schemaProblems } from '../schemas/kubernetes';

// PROPERTY_RUNS=10000 runs more; PROPERTY_OUT=file keeps the manifests, for other validators
const { PROPERTY_RUNS = '100', PROPERTY_OUT } = process.env;

/** JSON would make null of what is no number. */
function numbersOnly(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`'${key}' is ${value}`);
  }
  return value;
}

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());

test.each(Object.keys(PROGRAMS))(
  'whatever a program of %s says, there is our own error or a manifest that the API takes',
  subject => {
    const count = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(PROGRAMS[subject], program => {
        const objects = runOrRefuse(program, count);
        if (!objects) {
          return;
        }
        const served =
          program.oldest === KubernetesVersion.V1_28
            ? '1.28'
            : program.oldest === KubernetesVersion.V1_37
              ? '1.37'
              : '1.34';
        expect(objects.flatMap(object => schemaProblems(served, object))).toEqual([]);
        const json = JSON.stringify(objects, numbersOnly);
        if (subject.startsWith('databases')) {
          // of what is reckoned from memory and volumes
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
    process.stdout.write(`    programs of ${subject}: ${count.taken} taken, ${count.refused} refused by us\n`);
    expect(count.taken).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
  },
  600_000,
);
