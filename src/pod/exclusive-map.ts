import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { compareBy } from '../checks/order';

interface Entry<T> {
  readonly value: T;
  /** The owner as messages name it: `the app`, `extension 'logs' (volume 'logs')`. */
  readonly owner: string;
}

/** A map in which each key belongs to one owner; refuses a key that is set twice. */
export class ExclusiveMap<T> {
  private readonly content = new Map<string, Entry<T>>();

  /**
   * @param noun the term for a key, such as `mount path`
   * @param remedy what to do if a key is set twice
   */
  constructor(
    private readonly scope: IConstruct,
    private readonly noun: string,
    private readonly remedy: string,
  ) {}

  public set(owner: string, key: string, value: T): void {
    const existing = this.content.get(key);
    if (existing) {
      // sorted, so that the message does not depend on which owner was first
      const owners = [...new Set([existing.owner, owner])].sort();
      fail(this.scope, `Duplicate ${this.noun} '${key}' from ${owners.join(' and ')}.`, this.remedy);
    }
    this.content.set(key, { owner, value });
  }

  public get(key: string): T | undefined {
    return this.content.get(key)?.value;
  }

  /** The entries in the order of their keys. */
  public entries(): [key: string, value: T][] {
    return [...this.content].map(([key, { value }]): [string, T] => [key, value]).sort(compareBy(([key]) => key));
  }

  /** The values in the order of their keys. */
  public values(): T[] {
    return this.entries().map(([, value]) => value);
  }
}
