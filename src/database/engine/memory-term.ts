/**
 * One line of the sum of what a server may take of its memory limit: an amount, times what `times` and `factor` say.
 *
 * A line with a `setting` decides that setting, unless the user has set it; then the user's value is what counts.
 */
export interface MemoryTerm {
  /** What takes the memory, in words for the sum that a refusal shows. */
  readonly what: string;

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
  readonly sameAs?: string[];

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
  readonly rest?: boolean;

  /**
   * The least amount in MiB; without a `share`, the amount.
   *
   * @default 0
   */
  readonly min?: number;

  /**
   * The largest amount in MiB.
   *
   * @default - no bound
   */
  readonly max?: number;

  /**
   * The counts, by their settings, that the amount is multiplied with; several are added.
   *
   * @default - once
   */
  readonly times?: string[];

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
  readonly bareUnit?: number;

  /**
   * The unit that the setting is written in: `kB` as PostgreSQL reads sizes, `k` or `M` as MySQL does, `mb` as Redis
   * does, or
   * `GB`, a number of gigabytes without a unit.
   *
   * @default 'kB'
   */
  readonly unit?: string;

  /**
   * The MiB that the server takes it in whole multiples of, rounding up.
   *
   * @default - it takes any amount
   */
  readonly step?: number;

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
export interface MemoryCount {
  /** The setting. */
  readonly setting: string;

  /**
   * One for so many MiB of the memory limit.
   *
   * @default - the largest count, whatever the limit
   */
  readonly onePer?: number;

  /** The least. */
  readonly min: number;

  /** The most. */
  readonly max: number;
}
