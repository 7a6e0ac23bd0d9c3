import type { SizeUnit } from './size-unit';

/**
 * One line of the sum of what a server may take of its memory limit: an amount, times what `times` and `factor` say.
 *
 * A line with a `setting` decides that setting, unless the user has set it; then the user's value is what counts.
 */
export interface MemoryBudgetItem {
  /** What takes the memory, in words for the sum that a refusal shows. */
  readonly description: string;

  /**
   * The setting that the amount is written to.
   *
   * @default - none: the amount is what a measurement or the engine's documentation says
   */
  readonly setting?: string;

  /**
   * Other settings that take the same amount.
   *
   * @default - none
   */
  readonly aliases?: string[];

  /**
   * The part of the memory limit, from 0 to 1.
   *
   * @default 0
   */
  readonly share?: number;

  /**
   * Whether it takes what the other lines leave. One line at most.
   *
   * @default false
   */
  readonly takesRemainder?: boolean;

  /**
   * The least amount in MiB; without a `share`, the amount.
   *
   * @default 0
   */
  readonly minMib?: number;

  /**
   * The largest amount in MiB.
   *
   * @default - no bound
   */
  readonly maxMib?: number;

  /**
   * The settings of `concurrencyLimits` whose sum the amount is multiplied by.
   *
   * @default - once
   */
  readonly multiplyBy?: string[];

  /**
   * How often the amount is taken each time.
   *
   * @default 1
   */
  readonly factor?: number;

  /**
   * How many KiB a number without a unit stands for.
   *
   * @default - a byte
   */
  readonly unitlessKib?: number;

  /**
   * How the setting is written.
   *
   * @default SizeUnit.POSTGRES_KB
   */
  readonly unit?: SizeUnit;

  /**
   * The granularity in MiB: the server takes whole multiples of it, rounding up.
   *
   * @default - it takes any amount
   */
  readonly granularityMib?: number;

  /**
   * Whether it lies in huge pages, outside of the memory limit, where these are asked for.
   *
   * @default false
   */
  readonly hugePages?: boolean;

  /**
   * Whether it is the size of `/dev/shm`.
   *
   * @default false
   */
  readonly sharedMemory?: boolean;
}

/** A setting that counts things which take memory, such as connections. */
export interface ConcurrencyLimit {
  /** The setting. */
  readonly setting: string;

  /**
   * How many MiB of the memory limit allow one.
   *
   * @default - the largest count, whatever the limit
   */
  readonly memoryPerUnitMib?: number;

  /** The least. */
  readonly min: number;

  /** The most. */
  readonly max: number;
}
