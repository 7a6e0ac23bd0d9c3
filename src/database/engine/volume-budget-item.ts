import type { SizeUnit } from './size-unit';

/** A setting of a size that follows from the volume's, so that what it bounds cannot fill it. */
export interface VolumeBudgetItem {
  /** The setting. */
  readonly setting: string;

  /** The part of the volume, from 0 to 1. */
  readonly share: number;

  /**
   * The largest amount in MiB.
   *
   * @default 1024
   */
  readonly maxMib?: number;

  /**
   * How the setting is written.
   *
   * @default SizeUnit.POSTGRES_MB
   */
  readonly unit?: SizeUnit;

  /**
   * How many KiB a number without a unit stands for.
   *
   * @default - a byte
   */
  readonly unitlessKib?: number;
}
