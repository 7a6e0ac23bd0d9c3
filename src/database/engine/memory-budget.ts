import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import { formatKibibytes, formatSize, roundDown, settingSize } from './setting-size';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { kibibytes, quantity } from '../../checks/values';

/** The settings that are derived from a memory limit. */
export interface MemoryPlan {
  readonly settings: Readonly<Record<string, string>>;
  /** The size of `/dev/shm`, if the engine uses it. */
  readonly sharedMemory?: Size;
}

type Settings = Readonly<Record<string, string>>;

/**
 * Derives the settings that use memory from the memory limit. Refuses settings of the user with which the server could
 * exceed it: it would be killed, and with it every connection.
 */
export function planMemory(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  memory: Size,
  userSettings: Settings,
  hugePages?: Size,
): MemoryPlan {
  checkMinimum(scope, spec, memory);
  const concurrency = concurrencyOf(scope, spec.concurrencyLimits ?? [], memory, userSettings);
  const budget = new MemoryBudget(scope, spec.memoryBudget ?? [], concurrency, hugePages);
  budget.assign(memory, userSettings);
  budget.checkLimit(memory, userSettings);
  budget.checkHugePages();
  return {
    settings: {
      ...Object.fromEntries([...concurrency].map(([name, count]) => [name, String(count)])),
      ...budget.settings,
      ...userSettings,
    },
    sharedMemory: budget.sharedMemory,
  };
}

function checkMinimum(scope: IConstruct, { minimumMemory, provider, type }: DatabaseEngineSpec, memory: Size): void {
  if (kibibytes(memory) < kibibytes(minimumMemory)) {
    fail(
      scope,
      `'memory' is ${quantity(memory)}, less than the ${quantity(minimumMemory)} that ${provider ?? type} needs.`,
      `Set it to ${quantity(minimumMemory)} or more.`,
    );
  }
}

function concurrencyOf(
  scope: IConstruct,
  limits: readonly ConcurrencyLimit[],
  memory: Size,
  userSettings: Settings,
): ReadonlyMap<string, number> {
  return new Map(
    limits.map(({ setting, memoryPerUnitMib, min, max }) => {
      const userValue = userSettings[setting];
      const derived =
        memoryPerUnitMib === undefined
          ? max
          : Math.min(Math.max(Math.floor(kibibytes(memory) / 1024 / memoryPerUnitMib), min), max);
      return [setting, userValue === undefined ? derived : parseCount(scope, setting, userValue)];
    }),
  );
}

function parseCount(scope: IConstruct, setting: string, value: string): number {
  return /^\d{1,7}$/.test(value)
    ? Number(value)
    : fail(
        scope,
        `Setting '${setting}' is '${value}', which is not a number.`,
        'Use a whole number of up to 7 digits.',
      );
}

/** The items of a budget with their amounts in KiB. */
class MemoryBudget {
  private readonly amounts = new Map<MemoryBudgetItem, number>();

  constructor(
    private readonly scope: IConstruct,
    private readonly items: readonly MemoryBudgetItem[],
    private readonly concurrency: ReadonlyMap<string, number>,
    private readonly hugePages?: Size,
  ) {}

  /** The settings with the amounts, written as the engine reads them. */
  public get settings(): Record<string, string> {
    return Object.fromEntries(
      [...this.amounts].flatMap(([item, kib]) => settingsOf(item).map(name => [name, formatSize(kib, item.unit)])),
    );
  }

  public get sharedMemory(): Size | undefined {
    const item = this.items.find(({ sharedMemory }) => sharedMemory);
    return item && Size.kibibytes(this.amountOf(item));
  }

  /** Assigns an amount to every item, and the remainder to the item with `takesRemainder`. */
  public assign(memory: Size, userSettings: Settings): void {
    const limit = kibibytes(memory);
    for (const item of this.items.filter(({ takesRemainder }) => !takesRemainder)) {
      this.amounts.set(item, this.amountFor(item, (item.share ?? 0) * limit, userSettings));
    }
    for (const item of this.items.filter(({ takesRemainder }) => takesRemainder)) {
      const remainder = (limit - this.total()) / (this.multiplierOf(item) || 1);
      this.amounts.set(item, this.amountFor(item, remainder, userSettings));
    }
  }

  public checkLimit(memory: Size, userSettings: Settings): void {
    if (this.total() > kibibytes(memory)) {
      const lowerable = Object.keys(userSettings).filter(
        name => this.concurrency.has(name) || this.items.some(item => settingsOf(item).includes(name)),
      );
      fail(
        this.scope,
        `The server can use ${formatKibibytes(this.total())} of memory, more than the limit of ` +
          `${quantity(memory)}, and would be killed: ${this.describe()}.`,
        lowerable.length > 0
          ? `Lower ${listed(lowerable, 'or')} in 'settings', or increase 'memory'.`
          : "Increase 'memory'.",
      );
    }
  }

  public checkHugePages(): void {
    const { hugePages } = this;
    const tooLarge = hugePages && this.items.find(item => item.hugePages && this.amountOf(item) > kibibytes(hugePages));
    if (tooLarge) {
      fail(
        this.scope,
        `Setting '${tooLarge.setting}' is ${formatKibibytes(this.amountOf(tooLarge))}, more than the ` +
          `${quantity(hugePages)} of 'hugePages'.`,
        "Lower the setting, or increase 'hugePages'.",
      );
    }
  }

  private amountFor(item: MemoryBudgetItem, wanted: number, userSettings: Settings): number {
    const userSizes = settingsOf(item)
      .filter(name => userSettings[name] !== undefined)
      .map(name => settingSize(this.scope, name, userSettings[name], item));
    if (userSizes.length > 0) {
      return inSteps(item, Math.ceil, Math.max(...userSizes));
    }
    const bounded = Math.min(Math.max(wanted, (item.minMib ?? 0) * 1024), (item.maxMib ?? Infinity) * 1024);
    const derived = this.hugePages && item.hugePages ? 0.9 * kibibytes(this.hugePages) : bounded;
    return inSteps(item, Math.floor, roundDown(derived, item.unit));
  }

  private amountOf(item: MemoryBudgetItem): number {
    return this.amounts.get(item)!;
  }

  private multiplierOf({ factor = 1, multiplyBy }: MemoryBudgetItem): number {
    return factor * (multiplyBy?.reduce((sum, name) => sum + (this.concurrency.get(name) ?? 0), 0) ?? 1);
  }

  /** The KiB of an item that count against the memory limit. */
  private countedFor(item: MemoryBudgetItem): number {
    return this.hugePages && item.hugePages ? 0 : this.amountOf(item) * this.multiplierOf(item);
  }

  private total(): number {
    return [...this.amounts.keys()].reduce((sum, item) => sum + this.countedFor(item), 0);
  }

  /** The sum as a formula. */
  private describe(): string {
    return this.items
      .filter(item => this.countedFor(item) > 0)
      .map(item => this.describeItem(item))
      .join(' + ');
  }

  private describeItem(item: MemoryBudgetItem): string {
    const counts = item.multiplyBy?.map(name => `${this.concurrency.get(name)} ${name}`) ?? [];
    const factors = [
      ...(item.factor ? [String(item.factor)] : []),
      ...(counts.length > 1 ? [`(${counts.join(' + ')})`] : counts),
    ];
    return [`${item.description} ${formatKibibytes(this.amountOf(item))}`, ...factors].join(' × ');
  }
}

function settingsOf({ setting, aliases = [] }: MemoryBudgetItem): string[] {
  return [...(setting ? [setting] : []), ...aliases];
}

function inSteps({ granularityMib }: MemoryBudgetItem, round: (steps: number) => number, kib: number): number {
  return granularityMib === undefined ? kib : Math.max(round(kib / 1024 / granularityMib), 1) * granularityMib * 1024;
}
