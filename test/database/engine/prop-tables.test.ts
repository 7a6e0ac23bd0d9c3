import {
  DatabaseAddress,
  DatabaseBinding,
  DatabaseClient,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  SecretSource,
} from '../../../src';
import { CUSTOM_SPEC, objectsOf } from '../fixtures';

const custom = (spec: object) => DatabaseEngine.custom({ ...CUSTOM_SPEC, ...spec } as any);

test.each<[string, () => unknown, string]>([
  ['storage', () => DatabaseStorage.fromClaimName('a', { dir: 'b' } as any), "Unknown prop 'dir'."],
  ['a missing size', () => DatabaseStorage.provisioned(undefined as any), "Required argument 'size' is missing."],
  [
    'credentials',
    () => DatabaseCredentials.fromSecret(SecretSource.fromName('a'), { passwordkey: 'b' } as any),
    "Did you mean 'passwordKey'?",
  ],
  ['a host', () => DatabaseAddress.host('a', { cidr: [] } as any), "Did you mean 'cidrs'?"],
  ['a binding', () => DatabaseBinding.variables({ prefx: 'A' } as any), "Did you mean 'prefix'?"],
  ['a client', () => new DatabaseClient({ endpoint: {} } as any, { waitReady: true } as any), "prop 'waitReady'"],
  ['metrics', () => objectsOf({ metrics: { imag: 'a' } as any }), "Unknown prop 'imag' in 'metrics'."],
  ['an exporter', () => custom({ exporter: { image: 'a:1' } }), "Required prop 'port' in 'exporter' is missing."],
  [
    'the memory budget',
    () => custom({ memoryBudget: [{ description: 'a', minMb: 5 }] }),
    "Unknown prop 'minMb' in 'memoryBudget[0]'.",
  ],
  [
    'concurrency limits',
    () => custom({ concurrencyLimits: [{ setting: 'a', min: 1 }] }),
    "Required prop 'max' in 'concurrencyLimits[0]' is missing.",
  ],
  ['the volume budget', () => custom({ volumeBudget: ['a'] }), "'volumeBudget[0]' is a string, but must be an object."],
])('names the wrong prop of %s', (_, create, problem) => {
  expect(create).toThrow(problem);
});
