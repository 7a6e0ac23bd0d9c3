import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { isWorkload } from '../safety/waiver';

/** Combines options of two scopes; the inner ones take precedence. */
type Combine<T> = (outer: T, inner: T) => T;

/** Options that apply to everything below a scope, and are set before it has workloads. */
export class ScopedDefaults<T extends object> {
  private readonly byScope = new WeakMap<IConstruct, T>();

  /**
   * @param subject the options, as messages name them: `Workload defaults`
   * @param className the public class that sets them
   */
  constructor(
    private readonly subject: string,
    private readonly className: string,
    private readonly combine: Combine<Partial<T>>,
  ) {}

  /** Adds options to those of a scope. */
  public set(scope: IConstruct, options: T): void {
    const workload = scope.node.findAll().find(isWorkload);
    if (workload) {
      fail(
        scope,
        `${this.subject} are set after '${workload.node.path}' is defined.`,
        `Call '${this.className}.of(scope).set(...)' before you define workloads.`,
      );
    }
    this.byScope.set(scope, this.combine(this.byScope.get(scope) ?? {}, options) as T);
  }

  /** Returns the options that apply to a construct: those of its scopes, from the outermost to its own. */
  public of(construct: IConstruct): Partial<T> {
    return construct.node.scopes.reduce<Partial<T>>(
      (outer, scope) => this.combine(outer, this.byScope.get(scope) ?? {}),
      {},
    );
  }
}
