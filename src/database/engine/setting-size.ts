import type { IConstruct } from 'constructs';
import { fail } from '../../checks/fail';

/** How an engine writes the sizes of one setting. */
export interface SettingUnit {
  /** `kB` or `MB` of PostgreSQL, `k` or `M` of MySQL, `mb` of Redis, or a number of `GB`. */
  readonly unit?: string;
  /** How many KiB a number without a unit stands for; a byte when not given. */
  readonly bareUnit?: number;
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

const SYNTAX: Readonly<Record<string, SizeSyntax>> = {
  kB: POSTGRES,
  MB: POSTGRES,
  k: MYSQL,
  M: MYSQL,
  mb: REDIS,
  GB: GIGABYTES,
};

/** The units that an engine may write sizes in. */
export const SIZE_UNITS = Object.keys(SYNTAX);

/** The KiB of a setting that the user has written. */
export function settingSize(
  scope: IConstruct,
  name: string,
  value: string,
  { unit = 'kB', bareUnit = 1 / 1024 }: SettingUnit,
): number {
  const remedy = `write it like '${writtenSize(131072, unit)}'`;
  const { pattern, units } = SYNTAX[unit];
  const [, amount, given] =
    pattern.exec(value) ?? fail(scope, `the setting '${name}' is '${value}', which is not a size. ${remedy}`);
  const size = given === '' ? bareUnit : units.get(given);
  return size === undefined
    ? fail(scope, `the setting '${name}' is '${value}', in a unit that is not known. ${remedy}`)
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
export function roundDown(amount: number, unit = 'kB'): number {
  const step = { M: 1024, mb: 1024, MB: 1024, GB: 1024 ** 2 / 100 }[unit] ?? 1;
  return Math.floor(amount / step) * step;
}

/** KiB as the engine reads them. */
export function writtenSize(amount: number, unit = 'kB'): string {
  switch (unit) {
    case 'GB':
      return (amount / 1024 ** 2).toFixed(2);
    case 'M':
    case 'MB':
    case 'mb':
      return `${Math.floor(amount / 1024)}${unit}`;
    default:
      return amount % 1024 === 0 && unit === 'kB' ? `${amount / 1024}MB` : `${Math.floor(amount)}${unit}`;
  }
}

/** KiB for a sentence. */
export function formatKibibytes(amount: number): string {
  const mi = amount / 1024;
  return mi >= 10 || Number.isInteger(mi) ? `${Math.round(mi)}Mi` : `${Math.round(amount)}Ki`;
}
