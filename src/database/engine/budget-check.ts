import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import type { VolumeBudgetItem } from './volume-budget-item';
import { fail } from '../../checks/fail';
import { checkInteger, checkNumber } from '../../checks/values';

const MIB_OF_4_EIB = 2 ** 42;
const MINIMUM_UNIT = 1 / 1024;
const MAXIMUM_COUNT = 9999999;

/** Refuses numbers with which the budgets would not add up to amounts. */
export function checkBudgets(
  scope: IConstruct,
  { memoryBudget = [], concurrencyLimits = [], volumeBudget = [], storagePerMemory = 0 }: DatabaseEngineSpec,
): void {
  checkNumbers(scope, 'the engine', { storagePerMemory }, 0, 1000);
  concurrencyLimits.forEach(limit => checkConcurrencyLimit(scope, limit));
  memoryBudget.forEach(item => checkMemoryItem(scope, item, concurrencyLimits));
  checkUnique(scope, memoryBudget, 'takesRemainder');
  checkUnique(scope, memoryBudget, 'sharedMemory');
  volumeBudget.forEach(item => checkVolumeItem(scope, item));
}

function checkConcurrencyLimit(scope: IConstruct, { setting, memoryPerUnitMib, min, max }: ConcurrencyLimit): void {
  const owner = `'${setting}' in 'concurrencyLimits'`;
  checkNumbers(scope, owner, { memoryPerUnitMib }, MINIMUM_UNIT, MIB_OF_4_EIB);
  checkInteger(scope, `'min' of ${owner}`, min, 0, MAXIMUM_COUNT);
  checkInteger(scope, `'max' of ${owner}`, max, min, MAXIMUM_COUNT);
}

function checkMemoryItem(
  scope: IConstruct,
  { description, share, minMib, maxMib, factor, unitlessKib, granularityMib, multiplyBy = [] }: MemoryBudgetItem,
  limits: readonly ConcurrencyLimit[],
): void {
  const owner = `'${description}' in 'memoryBudget'`;
  checkNumbers(scope, owner, { share }, 0, 1);
  checkNumbers(scope, owner, { minMib, maxMib, factor }, 0, MIB_OF_4_EIB);
  checkNumbers(scope, owner, { unitlessKib, granularityMib }, MINIMUM_UNIT, MIB_OF_4_EIB);
  const unknown = multiplyBy.find(name => limits.every(({ setting }) => setting !== name));
  if (unknown !== undefined) {
    fail(
      scope,
      `'multiplyBy' of ${owner} contains '${unknown}', which 'concurrencyLimits' does not contain.`,
      "Add it to 'concurrencyLimits'.",
    );
  }
}

function checkVolumeItem(scope: IConstruct, { setting, share, maxMib, unitlessKib }: VolumeBudgetItem): void {
  const owner = `'${setting}' in 'volumeBudget'`;
  checkNumbers(scope, owner, { share }, 0, 1);
  checkNumbers(scope, owner, { maxMib }, 0, MIB_OF_4_EIB);
  checkNumbers(scope, owner, { unitlessKib }, MINIMUM_UNIT, MIB_OF_4_EIB);
}

function checkUnique(
  scope: IConstruct,
  items: readonly MemoryBudgetItem[],
  prop: 'takesRemainder' | 'sharedMemory',
): void {
  const [first, second] = items.filter(item => item[prop]);
  if (second) {
    fail(
      scope,
      `'memoryBudget' sets '${prop}' for '${first.description}' and '${second.description}'.`,
      'Set it for only one item.',
    );
  }
}

function checkNumbers(
  scope: IConstruct,
  owner: string,
  numbers: Readonly<Record<string, number | undefined>>,
  min: number,
  max: number,
): void {
  for (const [prop, value] of Object.entries(numbers)) {
    if (value !== undefined) {
      checkNumber(scope, `'${prop}' of ${owner}`, value, min, max);
    }
  }
}
