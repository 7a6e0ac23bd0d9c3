import { readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { Recorder } from './recorder';

// the assembly that jsii writes, which other languages see
const recorder = new Recorder(JSON.parse(readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8')));

/** Members that no generated program uses, and why. */
const EXCEPTIONS: Record<string, string> = {
  'PodExtensionContext.*': 'workloads create it for their extensions',
  'KubernetesVersion.minimumOf': 'reads a setting',
  'SafetyAudit.*': 'reads constructs',
  'SafetyAuditOptions.*': 'reads constructs',
  'SafetyRules.*': 'registers rules, which render nothing',
  'IAppWorkload.*': 'workloads implement it',
  'ISafetyRule.*': 'checks rendered manifests',
  'SafetyProblem.*': 'is the result of a check',
  'SafetyProfile.*': 'describes a rule',
  'SafetyResource.*': 'is the argument of a check',
  'SafetyRule.*': 'describes a rule',
  'SafetySeverity.*': 'describes a rule',
  'StorageMap.*': 'reads constructs',
};

test('accepted generated programs use every public factory and prop', () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  jest.doMock('../../src', () => recorder.wrap(jest.requireActual('../../src')));
  // oxlint-disable-next-line typescript/no-require-imports -- the library is wrapped only now
  const { PROGRAMS } = require('../laws/arbitraries/programs') as typeof import('../laws/arbitraries/programs');
  // oxlint-disable-next-line typescript/no-require-imports -- the same
  const { run } = require('../laws/arbitraries/program') as typeof import('../laws/arbitraries/program');
  const unused = new Set(
    [...recorder.usable()].filter(name => !(name in EXCEPTIONS || name.replace(/\.\w+$/, '.*') in EXCEPTIONS)),
  );
  expect(unused.size).toBeGreaterThan(400);
  const accept = () => {
    recorder.used.forEach(name => unused.delete(name));
    recorder.used.clear();
  };

  accept();
  // rare values need many rounds
  for (let round = 0; round < 20 && unused.size > 0; round++) {
    for (const [i, [subject, programs]] of Object.entries(PROGRAMS).entries()) {
      // the largest programs find nothing in later rounds
      if (round > 5 && subject === 'controllers') {
        continue;
      }
      fc.assert(
        fc.property(programs, program => {
          try {
            run(program);
            accept();
          } catch {
            recorder.used.clear(); // valid-manifests.test.ts checks the errors
          }
        }),
        { numRuns: 30, seed: 100 * round + i },
      );
    }
  }
  expect([...unused].sort()).toEqual([]);
}, 300_000);
