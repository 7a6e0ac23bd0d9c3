/** The sizes that an engine reads. An engine does not start with a size in another form. */
export interface SizeGrammar {
  /** Matches a number and its unit, which can be empty. */
  readonly pattern: RegExp;
  /** The KiB of each unit. */
  readonly units: ReadonlyMap<string, number>;
}

/** A setting that contains a size. */
export interface SizeSetting {
  /** The name in a configuration file. */
  readonly name: string;
  /** The name on a command line, if it differs. */
  readonly option?: string;
  /** The KiB that a number without a unit stands for. */
  readonly unitlessKib: number;
}

/** `64kB`, `1.5 GB`: PostgreSQL. */
export const POSTGRESQL_SIZES: SizeGrammar = {
  pattern: /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/,
  units: new Map(Object.entries({ B: 1 / 1024, kB: 1, MB: 1024, GB: 1024 ** 2, TB: 1024 ** 3 })),
};

/** `64k`, `64M`: MySQL and MariaDB. */
export const MYSQL_SIZES: SizeGrammar = {
  pattern: /^(\d+)([A-Za-z]*)$/,
  units: inBothCases({ K: 1, M: 1024, G: 1024 ** 2, T: 1024 ** 3 }),
};

/** `64mb`, and `64m` for decimal megabytes: Redis and Valkey. */
export const REDIS_SIZES: SizeGrammar = {
  pattern: /^(\d+)([A-Za-z]*)$/,
  units: inBothCases({
    B: 1 / 1024,
    K: 1000 / 1024,
    KB: 1,
    M: 1000 ** 2 / 1024,
    MB: 1024,
    G: 1000 ** 3 / 1024,
    GB: 1024 ** 2,
  }),
};

/** `0.25`, a number of gigabytes: MongoDB. */
export const GIGABYTE_SIZES: SizeGrammar = { pattern: /^(\d+(?:\.\d+)?)()$/, units: new Map() };

/** Returns the KiB of a size, or `undefined` if the engine does not read it. */
export function parseSize({ pattern, units }: SizeGrammar, size: string, unitlessKib: number): number | undefined {
  const [, amount, unit] = pattern.exec(size) ?? [];
  const kib = unit === '' ? unitlessKib : units.get(unit);
  return amount === undefined || kib === undefined ? undefined : Number(amount) * kib;
}

function inBothCases(units: Record<string, number>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(units).flatMap(([name, kib]) => [
      [name, kib],
      [name.toLowerCase(), kib],
    ]),
  );
}
