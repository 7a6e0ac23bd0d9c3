/** The numbers of decoded values between which the permitted share of aliases falls, and the shares there. */
const [SMALL, LARGE] = [400_000, 4_000_000];
const [SMALL_SHARE, LARGE_SHARE] = [0.99, 0.1];

/** Documents with fewer decoded values, or fewer of them from aliases, are accepted in any case. */
const [MIN_DECODED, MIN_ALIASED] = [1000, 100];

/**
 * Counts the values of a document, with each alias as the values that it stands for, and limits the share of the
 * aliases as kubectl does.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.0/decode.go
 */
export class AliasBudget {
  private decoded = 0;
  private aliased = 0;
  private readonly seen = new Set<object>();
  private readonly open = new Set<object>();

  /** @throws Error if a value contains itself, or if too many values come from aliases */
  public check(value: unknown, isAliased = false): void {
    this.count(isAliased);
    if (typeof value !== 'object' || value === null) {
      return;
    }
    if (this.open.has(value)) {
      throw new Error('An alias refers to a value that contains the alias.');
    }
    const isAlias = this.seen.has(value);
    if (isAlias && !isAliased) {
      // an alias counts in addition to its value
      this.count(true);
    }
    this.seen.add(value);
    this.open.add(value);
    this.checkItems(value, isAliased || isAlias);
    this.open.delete(value);
  }

  private checkItems(value: object, isAliased: boolean): void {
    if (Array.isArray(value)) {
      value.forEach(item => this.check(item, isAliased));
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      this.check(key, isAliased);
      this.check(item, isAliased);
    }
  }

  private count(isAliased: boolean): void {
    this.decoded++;
    this.aliased += isAliased ? 1 : 0;
    const isLarge = this.decoded > MIN_DECODED && this.aliased > MIN_ALIASED;
    if (isLarge && this.aliased / this.decoded > permittedShare(this.decoded)) {
      throw new Error('The aliases expand to more values than kubectl accepts.');
    }
  }
}

function permittedShare(decoded: number): number {
  const position = Math.min(Math.max((decoded - SMALL) / (LARGE - SMALL), 0), 1);
  return SMALL_SHARE + (LARGE_SHARE - SMALL_SHARE) * position;
}
