import type { SizeUnit } from './size-unit';

/** A setting that limits the size of files on the volume. */
export interface VolumeBudgetItem {
  /** The name of the setting. */
  readonly setting: string;

  /** The share of the volume, from 0 to 1. */
  readonly share: number;

  /**
   * The maximum in MiB.
   *
   * @default 1024
   */
  readonly maxMib?: number;

  /**
   * The unit that the setting is written in.
   *
   * @default SizeUnit.POSTGRES_MB
   */
  readonly unit?: SizeUnit;

  /**
   * The KiB that a number without a unit stands for.
   *
   * @default - 1/1024, a byte
   */
  readonly unitlessKib?: number;
}
