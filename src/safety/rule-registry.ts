import type { IConstruct } from 'constructs';
import type { ISafetyRule, SafetyRule } from './safety-rule';

/** A rule of a user, as it was added to a scope. */
export interface RegisteredRule {
  readonly scope: IConstruct;
  readonly rule: ISafetyRule;
  /** Read once: every access to a rule that is written in another language is a remote call. */
  readonly definition: SafetyRule;
}

const REGISTERED = new WeakMap<IConstruct, RegisteredRule[]>();

export function registerRule(registered: RegisteredRule): void {
  REGISTERED.set(registered.scope, [...rulesOn(registered.scope), registered]);
}

/** The rules that were added to a construct. */
export function rulesOn(scope: IConstruct): readonly RegisteredRule[] {
  return REGISTERED.get(scope) ?? [];
}

/** The rules that apply to a construct: those on it and on the scopes around it. */
export function rulesAround(scope: IConstruct): RegisteredRule[] {
  return scope.node.scopes.flatMap(rulesOn);
}

/** The rules that were added below a construct. */
export function rulesBelow(scope: IConstruct): RegisteredRule[] {
  return scope.node
    .findAll()
    .filter(construct => construct !== scope)
    .flatMap(rulesOn);
}
