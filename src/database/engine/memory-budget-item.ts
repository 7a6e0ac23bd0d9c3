import type { SizeUnit } from './size-unit';

/**
 * An item in the memory budget of a server: an amount, multiplied by `multiplyBy` and `factor`.
 *
 * The amount is written to the `setting` of the item. If the user sets it, the user's value counts.
 */
export interface MemoryBudgetItem {
  /** The name of the item in the sum that an error shows. */
  readonly description: string;

  /**
   * The setting that the amount is written to.
   *
   * @default - none: the amount was measured or comes from the documentation of the engine
   */
  readonly setting?: string;

  /**
   * Further settings that get the same amount.
   *
   * @default - none
   */
  readonly aliases?: string[];

  /**
   * The share of the memory limit, from 0 to 1.
   *
   * @default 0
   */
  readonly share?: number;

  /**
   * Whether the item gets the memory that the other items leave. Only one item can set this.
   *
   * @default false
   */
  readonly takesRemainder?: boolean;

  /**
   * The minimum in MiB. Without a `share`, this is the amount.
   *
   * @default 0
   */
  readonly minMib?: number;

  /**
   * The maximum in MiB.
   *
   * @default - unlimited
   */
  readonly maxMib?: number;

  /**
   * The settings in `concurrencyLimits` whose sum the amount is multiplied by.
   *
   * @default - the amount counts once
   */
  readonly multiplyBy?: string[];

  /**
   * A factor that the amount is multiplied by.
   *
   * @default 1
   */
  readonly factor?: number;

  /**
   * The KiB that a number without a unit stands for.
   *
   * @default - 1/1024, a byte
   */
  readonly unitlessKib?: number;

  /**
   * The unit that the setting is written in.
   *
   * @default SizeUnit.POSTGRES_KB
   */
  readonly unit?: SizeUnit;

  /**
   * The granularity in MiB. The server rounds the setting up to a multiple of it.
   *
   * @default - any amount
   */
  readonly granularityMib?: number;

  /**
   * Whether the server allocates it in huge pages if they are requested. Huge pages do not count against the memory
   * limit.
   *
   * @default false
   */
  readonly hugePages?: boolean;

  /**
   * Whether the amount is the size of `/dev/shm`.
   *
   * @default false
   */
  readonly sharedMemory?: boolean;
}

/** A setting that limits how many things can use memory at once, such as connections. */
export interface ConcurrencyLimit {
  /** The name of the setting. */
  readonly setting: string;

  /**
   * The MiB of memory limit per unit.
   *
   * @default - the setting is always `max`
   */
  readonly memoryPerUnitMib?: number;

  /** The minimum. */
  readonly min: number;

  /** The maximum. */
  readonly max: number;
}
