import { Problem, Rule, SEVERITIES } from './rule';
import { WAIVER_ANNOTATION } from './waiver';
import { waiverProblem } from './waiver-problem';
import { message } from '../checks/message';
import type { Inventory } from '../inspect/inventory';
import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** A problem with the rule that found it. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** Why it is waived, where it is. */
  readonly reason?: string;
}

/** A waiver that is given, but leaves nothing out. */
export interface IdleWaiver {
  readonly ruleId: string;
  readonly reason: string;
  /** The object that carries it; `undefined` where it was given for all objects. */
  readonly object?: ManifestObject;
}

/** A waiver that does not count. */
export interface RefusedWaiver extends IdleWaiver {
  /** What is wrong with it and what to do, in lower case and without a full stop. */
  readonly message: string;
}

/** What all rules that were asked have to say about all objects. */
export interface Audit {
  readonly objects: readonly ManifestObject[];
  /** The rules that were asked. */
  readonly rules: readonly Rule[];
  /** In the order of the objects, errors first; waived ones among them, which have a `reason`. */
  readonly findings: readonly Finding[];
  /** Waivers that match nothing. */
  readonly unusedWaivers: readonly IdleWaiver[];
  /** Waivers without a reason, or of a rule that nobody knows. */
  readonly invalidWaivers: readonly RefusedWaiver[];
}

export interface AuditOptions {
  /** The rules to ask. */
  readonly rules: readonly Rule[];
  /** The ids of all rules that there are, for waivers of rules that are not asked. */
  readonly known?: readonly string[];
  /** Reasons by rule id, for all objects; objects carry others as annotations. */
  readonly waivers?: ReadonlyMap<string, string>;
}

/** Checks all objects of an inventory against the rules. */
export function audit(
  inventory: Inventory,
  { rules, known = rules.map(({ id }) => id), waivers = new Map() }: AuditOptions,
): Audit {
  const { objects } = inventory;
  const given = [
    ...[...waivers].map(([ruleId, reason]): IdleWaiver => ({ ruleId, reason })),
    ...objects.flatMap(waiversOf),
  ];
  const invalidWaivers = given.flatMap(waiver => refusal(waiver, known));
  const valid = new Map(given.map(waiver => [keyOf(waiver.ruleId, waiver.object), waiver]));
  invalidWaivers.forEach(({ ruleId, object }) => valid.delete(keyOf(ruleId, object)));
  const used = new Set<IdleWaiver>();
  const findings = rules.flatMap(rule =>
    rule.check(inventory).map((problem): Finding => {
      const waiver = [problem.object, problem.about, undefined].flatMap(
        object => valid.get(keyOf(rule.id, object)) ?? [],
      )[0];
      if (waiver) {
        used.add(waiver);
      }
      return { ...problem, rule, reason: waiver?.reason };
    }),
  );
  const order = new Map(objects.map((object, index) => [object, index]));
  findings.sort(
    (a, b) =>
      order.get(a.object)! - order.get(b.object)! ||
      SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity),
  );
  const asked = new Set(rules.map(({ id }) => id));
  const unusedWaivers = [...valid.values()].filter(waiver => asked.has(waiver.ruleId) && !used.has(waiver));
  return { objects, rules, findings, unusedWaivers, invalidWaivers };
}

function refusal(waiver: IdleWaiver, known: readonly string[]): RefusedWaiver[] {
  const found = waiverProblem(waiver, known);
  return found ? [{ ...waiver, message: message(found.problem, found.remedy) }] : [];
}

function waiversOf(object: ManifestObject): IdleWaiver[] {
  const annotations = textMap(at(object.content, 'metadata', 'annotations'));
  return Object.entries(annotations)
    .filter(([key]) => key.startsWith(WAIVER_ANNOTATION))
    .map(([key, reason]) => ({ ruleId: key.slice(WAIVER_ANNOTATION.length), reason, object }));
}

/** Objects of one name may be several revisions or clusters of it; they share their waivers. */
function keyOf(ruleId: string, object?: ManifestObject): string {
  return object ? `${object.kind}/${object.namespace ?? ''}/${object.name}/${ruleId}` : ruleId;
}
