import type { Problem, Rule } from './rule';
import { WAIVER_ANNOTATION } from './waiver';
import { Inventory } from '../inspect/inventory';
import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** A problem with the rule that found it. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** Why it is waived, where it is. */
  readonly reason?: string;
}

/** A waiver that matches nothing. */
export interface StaleWaiver {
  readonly ruleId: string;
  readonly reason: string;
  /** The object that carries it; `undefined` where it was given for all objects. */
  readonly object?: ManifestObject;
}

export interface Audit {
  readonly findings: readonly Finding[];
  readonly staleWaivers: readonly StaleWaiver[];
}

/**
 * Asks every rule about all objects together.
 *
 * @param waivers reasons by rule id, for all objects; objects carry others as annotations
 */
export function audit(objects: readonly ManifestObject[], rules: readonly Rule[], waivers: ReadonlyMap<string, string> = new Map()): Audit {
  const inventory = new Inventory(objects);
  const used = new Set<string>();
  const findings = rules.flatMap(rule => rule.check(inventory).map((problem): Finding => {
    const own = waiversOf(problem.object).get(rule.id);
    const reason = own ?? waivers.get(rule.id);
    if (reason !== undefined) {
      used.add(own === undefined ? rule.id : keyOf(problem.object, rule.id));
    }
    return { ...problem, rule, reason };
  }));
  const asked = new Set(rules.map(({ id }) => id));
  const own = objects.flatMap(object => [...waiversOf(object)].map(([ruleId, reason]): StaleWaiver => ({ ruleId, reason, object })));
  const global = [...waivers].map(([ruleId, reason]): StaleWaiver => ({ ruleId, reason }));
  return {
    findings,
    staleWaivers: [...own, ...global].filter(({ ruleId, object }) => asked.has(ruleId) && !used.has(object ? keyOf(object, ruleId) : ruleId)),
  };
}

function waiversOf({ content }: ManifestObject): ReadonlyMap<string, string> {
  const annotations = textMap(at(content, 'metadata', 'annotations'));
  const waivers = Object.entries(annotations).filter(([key]) => key.startsWith(WAIVER_ANNOTATION));
  return new Map(waivers.map(([key, reason]) => [key.slice(WAIVER_ANNOTATION.length), reason]));
}

function keyOf({ kind, namespace, name }: ManifestObject, ruleId: string): string {
  return `${kind}/${namespace ?? ''}/${name}/${ruleId}`;
}
