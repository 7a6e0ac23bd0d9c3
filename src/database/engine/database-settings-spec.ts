import type { Size } from 'cdk8s';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import type { VolumeBudgetItem } from './volume-budget-item';

/** The format of an engine's configuration file. */
export enum ConfigFormat {
  /** The format of PostgreSQL: `name = 'value'`. */
  ASSIGNMENTS = 'assignments',
  /** The format of MySQL and MariaDB: `name = value` below `[mysqld]`. */
  INI = 'ini',
  /** The format of Redis and Valkey: `name value`. */
  DIRECTIVES = 'directives',
  /** The format of MongoDB: YAML. A dot in the name of a setting separates two levels. */
  YAML = 'yaml',
}

/** The settings of an engine: the file that they are written to, and those that depend on the memory and the volume. */
export interface DatabaseSettingsSpec {
  /**
   * The path of the configuration file.
   *
   * @default - the engine has no configuration file, and `settings` is refused
   */
  readonly configPath?: string;

  /**
   * The format of the configuration file.
   *
   * @default ConfigFormat.DIRECTIVES
   */
  readonly configFormat?: ConfigFormat;

  /**
   * Lines that are copied to the top of the configuration file.
   *
   * @default - none
   */
  readonly configPreamble?: string[];

  /**
   * Default settings, which users can override.
   *
   * @default - none
   */
  readonly settings?: Record<string, string>;

  /**
   * Default settings for a memory limit below 1Gi, which users can override.
   *
   * @default - none
   */
  readonly lowMemorySettings?: Record<string, string>;

  /**
   * Settings that users cannot set, because probes, paths or credentials depend on them.
   *
   * @default - none
   */
  readonly reservedSettings?: string[];

  /**
   * The settings whose sizes depend on the size of the volume.
   *
   * @default - none
   */
  readonly volumeBudget?: VolumeBudgetItem[];

  /**
   * The minimum ratio of storage to memory. Set it for an engine that keeps all of its data in memory. 1.5 requires one
   * and a half times as much storage.
   *
   * @default 0
   */
  readonly storagePerMemory?: number;

  /**
   * Everything that can use memory. The sum must not exceed the memory limit.
   *
   * @default - no setting is derived from the memory limit
   */
  readonly memoryBudget?: MemoryBudgetItem[];

  /**
   * The settings that limit concurrency. Items of the memory budget can be multiplied by them.
   *
   * @default - none
   */
  readonly concurrencyLimits?: ConcurrencyLimit[];

  /**
   * The setting that is `on` if huge pages are requested.
   *
   * @default - the engine does not support huge pages
   */
  readonly hugePagesSetting?: string;

  /** The minimum memory limit. */
  readonly minimumMemory: Size;
}
