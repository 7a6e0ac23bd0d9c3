import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import { formatKibibytes, roundDown, settingSize, writtenSize } from './setting-size';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { kibibytes, quantity } from '../../checks/values';

/** What follows from a memory limit. */
export interface MemoryPlan {
  readonly settings: Record<string, string>;
  /** The size of `/dev/shm`, where the engine uses it. */
  readonly sharedMemory?: Size;
}

/**
 * Derives the settings that take memory from the limit, and refuses those of the user with which the server may take
 * more:
 * it would be killed, and with it every connection.
 */
export function planMemory(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  memory: Size,
  user: Record<string, string>,
  hugePages?: Size,
): MemoryPlan {
  const limit = kibibytes(memory);
  if (limit < kibibytes(spec.minimumMemory)) {
    fail(
      scope,
      `'memory' is ${quantity(memory)}, less than the ${quantity(spec.minimumMemory)} that ` +
        `${spec.provider ?? spec.type} needs.`,
      'Raise it.',
    );
  }
  const counts = new Map(
    (spec.concurrencyLimits ?? []).map(count => [count.setting, countOf(scope, count, limit, user)]),
  );
  const times = (term: MemoryBudgetItem) =>
    (term.factor ?? 1) * (term.multiplyBy?.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0) ?? 1);

  const terms = spec.memoryBudget ?? [];
  const amounts = new Map<MemoryBudgetItem, number>();
  const counted = (term: MemoryBudgetItem) => (hugePages && term.hugePages ? 0 : amounts.get(term)! * times(term));
  const sum = () => [...amounts.keys()].reduce((total, term) => total + counted(term), 0);
  for (const term of [
    ...terms.filter(({ takesRemainder: rest }) => !rest),
    ...terms.filter(({ takesRemainder: rest }) => rest),
  ]) {
    const names = [term.setting, ...(term.aliases ?? [])].filter(
      name => name !== undefined && user[name] !== undefined,
    ) as string[];
    const given = names.map(name => settingSize(scope, name, user[name], term));
    const wanted = term.takesRemainder ? (limit - sum()) / (times(term) || 1) : (term.share ?? 0) * limit;
    const bounded = Math.min(Math.max(wanted, (term.minMib ?? 0) * 1024), (term.maxMib ?? Infinity) * 1024);
    const derived = hugePages && term.hugePages ? 0.9 * kibibytes(hugePages) : bounded;
    amounts.set(
      term,
      given.length > 0
        ? inSteps(term, Math.ceil, Math.max(...given))
        : inSteps(term, Math.floor, roundDown(derived, term.unit)),
    );
  }

  if (sum() > limit) {
    const lines = terms.filter(term => counted(term) > 0).map(term => line(term, amounts.get(term)!, counts));
    const own = Object.keys(user).filter(
      name => counts.has(name) || terms.some(term => term.setting === name || term.aliases?.includes(name)),
    );
    fail(
      scope,
      `Its server may take ${formatKibibytes(sum())} of memory, more than the limit of ` +
        `${quantity(memory)}, and would be killed: ${lines.join(' + ')}.`,
      `${own.length > 0 ? `lower ${listed(own, 'or')} in 'settings', or raise 'memory'` : "raise 'memory'"}` + '.',
    );
  }
  const tooLarge = hugePages && terms.find(term => term.hugePages && amounts.get(term)! > kibibytes(hugePages));
  if (tooLarge) {
    fail(
      scope,
      `'${tooLarge.setting}' is ${formatKibibytes(amounts.get(tooLarge)!)}, more than the ` +
        `${quantity(hugePages)} of 'hugePages'.`,
      "Lower it, or raise 'hugePages'.",
    );
  }

  const settings: Record<string, string> = {};
  counts.forEach((count, name) => {
    settings[name] = String(count);
  });
  for (const [term, amount] of amounts) {
    [term.setting, ...(term.aliases ?? [])].forEach(name => {
      if (name) {
        settings[name] = writtenSize(amount, term.unit);
      }
    });
  }
  const shm = terms.find(({ sharedMemory }) => sharedMemory);
  return { settings: { ...settings, ...user }, sharedMemory: shm && Size.kibibytes(amounts.get(shm)!) };
}

function inSteps({ granularityMib: step }: MemoryBudgetItem, round: (steps: number) => number, amount: number): number {
  return step === undefined ? amount : Math.max(round(amount / 1024 / step), 1) * step * 1024;
}

function countOf(
  scope: IConstruct,
  { setting, memoryPerUnitMib: onePer, min, max }: ConcurrencyLimit,
  limit: number,
  user: Record<string, string>,
): number {
  const given = user[setting];
  if (given === undefined) {
    return onePer === undefined ? max : Math.min(Math.max(Math.floor(limit / 1024 / onePer), min), max);
  }
  return /^\d{1,7}$/.test(given)
    ? Number(given)
    : fail(scope, `The setting '${setting}' is '${given}'.`, 'Give a whole number.');
}

function line(term: MemoryBudgetItem, amount: number, counts: ReadonlyMap<string, number>): string {
  const factors = [
    ...(term.factor ? [String(term.factor)] : []),
    ...(term.multiplyBy
      ? [
          term.multiplyBy.length > 1
            ? `(${term.multiplyBy.map(name => `${counts.get(name)} ${name}`).join(' + ')})`
            : `${counts.get(term.multiplyBy[0])} ${term.multiplyBy[0]}`,
        ]
      : []),
  ];
  return [`${term.description} ${formatKibibytes(amount)}`, ...factors].join(' × ');
}
