import type { IConstruct } from 'constructs';
import { SizeUnit } from './size-unit';
import { fail } from '../../checks/fail';

/** How an engine writes the sizes of one setting. */
export interface SettingUnit {
  readonly unit?: SizeUnit;
  /** How many KiB a number without a unit stands for; a byte when not given. */
  readonly unitlessKib?: number;
}

/**
 * The sizes that one engine reads: their shape, and the KiB of each unit. What it does not read, it does not start
 * with.
 */
interface SizeSyntax {
  readonly pattern: RegExp;
  readonly units: ReadonlyMap<string, number>;
}

const POSTGRES: SizeSyntax = {
  pattern: /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/,
  units: new Map(Object.entries({ B: 1 / 1024, kB: 1, MB: 1024, GB: 1024 ** 2, TB: 1024 ** 3 })),
};
const MYSQL: SizeSyntax = {
  pattern: /^(\d+)([A-Za-z]*)$/,
  units: ofBothCases({ K: 1, M: 1024, G: 1024 ** 2, T: 1024 ** 3 }),
};
const REDIS: SizeSyntax = {
  pattern: MYSQL.pattern,
  units: ofBothCases({
    B: 1 / 1024,
    K: 1000 / 1024,
    KB: 1,
    M: 1000 ** 2 / 1024,
    MB: 1024,
    G: 1000 ** 3 / 1024,
    GB: 1024 ** 2,
  }),
};
const GIGABYTES: SizeSyntax = { pattern: /^(\d+(?:\.\d+)?)()$/, units: new Map() };

/** The sizes that an engine reads, and the least step in KiB of those that are written for it, by the unit. */
const UNITS: Readonly<Record<SizeUnit, { readonly syntax: SizeSyntax; readonly step: number }>> = {
  [SizeUnit.POSTGRES_KB]: { syntax: POSTGRES, step: 1 },
  [SizeUnit.POSTGRES_MB]: { syntax: POSTGRES, step: 1024 },
  [SizeUnit.MYSQL_K]: { syntax: MYSQL, step: 1 },
  [SizeUnit.MYSQL_M]: { syntax: MYSQL, step: 1024 },
  [SizeUnit.REDIS_MB]: { syntax: REDIS, step: 1024 },
  [SizeUnit.GIGABYTES]: { syntax: GIGABYTES, step: 1024 ** 2 / 100 },
};

/** The KiB of a setting that the user has written. */
export function settingSize(
  scope: IConstruct,
  name: string,
  value: string,
  { unit = SizeUnit.POSTGRES_KB, unitlessKib = 1 / 1024 }: SettingUnit,
): number {
  const remedy = `write it like '${writtenSize(131072, unit)}'`;
  const { pattern, units } = UNITS[unit].syntax;
  const [, amount, given] =
    pattern.exec(value) ?? fail(scope, `The setting '${name}' is '${value}', which is not a size.`, `${remedy}.`);
  const size = given === '' ? unitlessKib : units.get(given);
  return size === undefined
    ? fail(scope, `The setting '${name}' is '${value}', in a unit that is not known.`, `${remedy}.`)
    : Number(amount) * size;
}

function ofBothCases(units: Record<string, number>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(units).flatMap(([name, size]) => [
      [name, size],
      [name.toLowerCase(), size],
    ]),
  );
}

/** To what the engine can read of KiB. */
export function roundDown(amount: number, unit = SizeUnit.POSTGRES_KB): number {
  const { step } = UNITS[unit];
  return Math.floor(amount / step) * step;
}

/** KiB as the engine reads them. */
export function writtenSize(amount: number, unit = SizeUnit.POSTGRES_KB): string {
  switch (unit) {
    case SizeUnit.GIGABYTES:
      return (amount / 1024 ** 2).toFixed(2);
    case SizeUnit.MYSQL_M:
    case SizeUnit.POSTGRES_MB:
    case SizeUnit.REDIS_MB:
      return `${Math.floor(amount / 1024)}${unit}`;
    case SizeUnit.POSTGRES_KB:
      return amount % 1024 === 0 ? `${amount / 1024}${SizeUnit.POSTGRES_MB}` : `${Math.floor(amount)}${unit}`;
    case SizeUnit.MYSQL_K:
      return `${Math.floor(amount)}${unit}`;
  }
}

/** KiB for a sentence. */
export function formatKibibytes(amount: number): string {
  const mi = amount / 1024;
  return mi >= 10 || Number.isInteger(mi) ? `${Math.round(mi)}Mi` : `${Math.round(amount)}Ki`;
}
