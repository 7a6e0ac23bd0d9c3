import type { IConstruct } from 'constructs';
import { SizeUnit } from './size-unit';
import { fail } from '../../checks/fail';
import {
  GIGABYTE_SIZES,
  MYSQL_SIZES,
  parseSize,
  POSTGRESQL_SIZES,
  REDIS_SIZES,
  SizeGrammar,
} from '../../facts/images/size-grammar';

/** The unit that an engine uses for the sizes of a setting. */
export interface SettingUnit {
  readonly unit?: SizeUnit;
  /** The KiB that a number without a unit stands for; by default a byte. */
  readonly unitlessKib?: number;
}

/** The sizes that an engine reads, and the smallest step in KiB that can be written, by unit. */
const UNITS: Readonly<Record<SizeUnit, { readonly grammar: SizeGrammar; readonly stepKib: number }>> = {
  [SizeUnit.POSTGRES_KB]: { grammar: POSTGRESQL_SIZES, stepKib: 1 },
  [SizeUnit.POSTGRES_MB]: { grammar: POSTGRESQL_SIZES, stepKib: 1024 },
  [SizeUnit.MYSQL_K]: { grammar: MYSQL_SIZES, stepKib: 1 },
  [SizeUnit.MYSQL_M]: { grammar: MYSQL_SIZES, stepKib: 1024 },
  [SizeUnit.REDIS_MB]: { grammar: REDIS_SIZES, stepKib: 1024 },
  [SizeUnit.GIGABYTES]: { grammar: GIGABYTE_SIZES, stepKib: 1024 ** 2 / 100 },
};

/** Returns the KiB of a size in the user's settings. */
export function settingSize(
  scope: IConstruct,
  name: string,
  value: string,
  { unit = SizeUnit.POSTGRES_KB, unitlessKib = 1 / 1024 }: SettingUnit,
): number {
  return (
    parseSize(UNITS[unit].grammar, value, unitlessKib) ??
    fail(
      scope,
      `Setting '${name}' is '${value}', which the engine does not read as a size.`,
      `Write it like '${formatSize(131072, unit)}'.`,
    )
  );
}

/** Rounds KiB down to a size that can be written in a unit. */
export function roundDown(kib: number, unit = SizeUnit.POSTGRES_KB): number {
  const { stepKib } = UNITS[unit];
  return Math.floor(kib / stepKib) * stepKib;
}

/** Formats KiB for the configuration file of an engine. */
export function formatSize(kib: number, unit = SizeUnit.POSTGRES_KB): string {
  switch (unit) {
    case SizeUnit.GIGABYTES:
      return (kib / 1024 ** 2).toFixed(2);
    case SizeUnit.MYSQL_M:
    case SizeUnit.POSTGRES_MB:
    case SizeUnit.REDIS_MB:
      return `${Math.floor(kib / 1024)}${unit}`;
    case SizeUnit.POSTGRES_KB:
      return kib % 1024 === 0 ? `${kib / 1024}${SizeUnit.POSTGRES_MB}` : `${Math.floor(kib)}${unit}`;
    case SizeUnit.MYSQL_K:
      return `${Math.floor(kib)}${unit}`;
  }
}

/** Formats KiB for a sentence. */
export function formatKibibytes(kib: number): string {
  const mib = kib / 1024;
  return mib >= 10 || Number.isInteger(mib) ? `${Math.round(mib)}Mi` : `${Math.round(kib)}Ki`;
}
