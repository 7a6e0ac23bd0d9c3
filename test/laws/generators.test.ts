import { readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { Recorder } from './recorder';

// the assembly that `jsii` writes: what other languages see
const recorder = new Recorder(JSON.parse(readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8')));

/** What no generated program uses, and why. */
const EXCEPTIONS: Record<string, string> = {
  'PodExtensionContext.*': 'workloads say it to their parts',
  'KubernetesVersion.minimumOf': 'reads what was set',
  'SafetyAudit.*': 'reads what was made',
  'StorageMap.*': 'reads what was made',
};

test('every factory and every prop that a user may use is used in a generated program that is taken', () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  jest.doMock('../../src', () => recorder.wrap(jest.requireActual('../../src')));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only now is the library wrapped
  const { PROGRAMS, run } = require('./arbitraries/programs') as typeof import('./arbitraries/programs');
  const unused = new Set(
    [...recorder.usable()].filter(name => !(name in EXCEPTIONS || name.replace(/\.\w+$/, '.*') in EXCEPTIONS)),
  );
  expect(unused.size).toBeGreaterThan(400);
  const take = () => {
    recorder.used.forEach(name => unused.delete(name));
    recorder.used.clear();
  };

  take();
  // what is rare is seen in the end; what is not there never is
  for (let round = 0; round < 20 && unused.size > 0; round++) {
    for (const [i, programs] of Object.values(PROGRAMS).entries()) {
      fc.assert(
        fc.property(programs, program => {
          try {
            run(program);
            take();
          } catch {
            recorder.used.clear(); // it is refused in our own words, see valid-manifests
          }
        }),
        { numRuns: 50, seed: 100 * round + i },
      );
    }
  }
  expect([...unused].sort()).toEqual([]);
}, 300_000);
