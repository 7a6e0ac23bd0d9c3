import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { by } from '../checks/order';

/** Things that only one part may claim, by their key. */
export class Claims<T> {
  private readonly claims = new Map<string, { owner: string; value: T; label: string }>();

  constructor(
    private readonly scope: IConstruct,
    private readonly verb: string,
    private readonly preposition: string,
    private readonly remedy: string,
  ) {}

  public take(owner: string, key: string, value: T, label = ''): void {
    const other = this.claims.get(key);
    if (other) {
      // names the two in one order, whichever came first
      const [first, second] = [{ owner, label }, other].sort(by(claim => `${claim.owner}/${claim.label}`));
      const what = (claim: { label: string }) => (claim.label ? ` '${claim.label}'` : '');
      const where = this.preposition ? ` ${this.preposition} '${key}'` : ` '${key}'`;
      fail(
        this.scope,
        `${first.owner} ${this.verb}${what(first)}${where}, where ${second.owner} already does` +
          `${what(second) && ` with${what(second)}`}.`,
        `${this.remedy}.`,
      );
    }
    this.claims.set(key, { owner, value, label });
  }

  public get(key: string): T | undefined {
    return this.claims.get(key)?.value;
  }

  public entries(): [string, T][] {
    return [...this.claims].map(([key, { value }]): [string, T] => [key, value]).sort(by(([key]) => key));
  }

  public sorted(): T[] {
    return this.entries().map(([, value]) => value);
  }
}
