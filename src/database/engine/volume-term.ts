/** A setting of a size that follows from the volume's, so that what it bounds cannot fill it. */
export interface VolumeTerm {
  /** The setting. */
  readonly setting: string;

  /** The part of the volume, from 0 to 1. */
  readonly share: number;

  /**
   * The largest amount in MiB.
   *
   * @default 1024
   */
  readonly max?: number;

  /**
   * The unit that the setting is written in: `MB` or `M`.
   *
   * @default 'MB'
   */
  readonly unit?: string;

  /**
   * How many KiB a number without a unit stands for.
   *
   * @default - a byte
   */
  readonly bareUnit?: number;
}
