import type { Size } from 'cdk8s';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import type { VolumeBudgetItem } from './volume-budget-item';

/** How an engine's configuration file is written. */
export enum ConfigFormat {
  /** `name = 'value'`, as PostgreSQL reads it. */
  ASSIGNMENTS = 'assignments',
  /** `name = value` below `[mysqld]`, as MySQL and MariaDB read it. */
  INI = 'ini',
  /** `name value`, as Redis and Valkey read it. */
  DIRECTIVES = 'directives',
  /** YAML, with a dot in a setting's name between two levels, as MongoDB reads it. */
  YAML = 'yaml',
}

/** The settings of an engine: where they are written, and which of them follow from its memory and its volume. */
export interface DatabaseSettingsSpec {
  /**
   * Where the configuration file is mounted.
   *
   * @default - it has none, and settings are refused
   */
  readonly configPath?: string;

  /**
   * How that file is written.
   *
   * @default ConfigFormat.DIRECTIVES
   */
  readonly configFormat?: ConfigFormat;

  /**
   * Lines at the top of the configuration file, as they are.
   *
   * @default - none
   */
  readonly configPreamble?: string[];

  /**
   * Settings that hold unless the user sets them.
   *
   * @default - none
   */
  readonly settings?: Record<string, string>;

  /**
   * Settings that hold unless the user sets them, where the memory limit is below 1Gi.
   *
   * @default - none
   */
  readonly lowMemorySettings?: Record<string, string>;

  /**
   * Settings that are this library's, as the probes, paths or credentials depend on them, and that the user may not
   * set.
   *
   * @default - none
   */
  readonly reservedSettings?: string[];

  /**
   * The settings of sizes that follow from the volume's.
   *
   * @default - none
   */
  readonly volumeBudget?: VolumeBudgetItem[];

  /**
   * How much storage it needs for its memory, where it keeps all its data there: 1.5 for one and a half times as much.
   *
   * @default 0
   */
  readonly storagePerMemory?: number;

  /**
   * The sum of what it may take of its memory limit.
   *
   * @default - nothing is derived or checked but volumes in memory
   */
  readonly memoryBudget?: MemoryBudgetItem[];

  /**
   * The counts that the sum depends on.
   *
   * @default - none
   */
  readonly concurrencyLimits?: ConcurrencyLimit[];

  /**
   * The setting that is `on` where huge pages are asked for.
   *
   * @default - it cannot use them
   */
  readonly hugePagesSetting?: string;

  /** The least memory it can do with. */
  readonly minimumMemory: Size;
}
